/**
 * Block Public Access of accounts and buckets.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { accountBlocks } from "../access_block.ts";
import type { Call } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { BLOCK, checkBlock } from "../stored_block.ts";
import { storedDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const NAME = "publicAccessBlock";

async function putPublicAccessBlock(call: Call): Promise<RouteAnswer> {
  const { account } = requireIdentity(call);
  const text = await receiveText(call);
  checkBlock(readXml(text, BLOCK));
  await call.service.state.keepAccountDocument(account.id, NAME, text);
  return {};
}

function getPublicAccessBlock(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  return { body: xmlDocument(BLOCK, { BlockPublicAccess: accountBlocks(call.service, account.id) }) };
}

async function deletePublicAccessBlock(call: Call): Promise<RouteAnswer> {
  const { account } = requireIdentity(call);
  await call.service.state.keepAccountDocument(account.id, NAME, undefined);
  return { status: 204 };
}

type Run = (call: Call) => RouteAnswer | Promise<RouteAnswer>;

function row(operation: string, method: string, run: Run): Route {
  return { operation, method, scope: "service", query: [NAME], access: "owner", run };
}

/** The rows of accounts. */
export const publicAccessBlockRoutes: readonly Route[] = [
  /* @__PURE__ */ row("PutPublicAccessBlock", "PUT", putPublicAccessBlock),
  /* @__PURE__ */ row("GetPublicAccessBlock", "GET", getPublicAccessBlock),
  /* @__PURE__ */ row("DeletePublicAccessBlock", "DELETE", deletePublicAccessBlock),
];

/** The rows of buckets. */
export const bucketPublicAccessBlockRoutes: readonly Route[] = /* @__PURE__ */ storedDocument({
  name: "BucketPublicAccessBlock",
  subresource: NAME,
  root: BLOCK,
  initial: () => ({ BlockPublicAccess: false }),
  check: checkBlock,
});
