/**
 * The official `ali-oss` client, over a socket, against the in-process OSS: every method that it has, with both
 * signature versions, with and without temporary keys.
 */
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { listen, loopbackFetch, nodeMd5 } from "../../src/testing/node/mod.ts";
import { assert, test } from "../harness.ts";
import { buckets, documents, versions } from "./ali_oss/buckets.ts";
import { AliOSSClient, aliOSS, LoopbackAgent, noting } from "./ali_oss/client.ts";
import { inventory, lifecycle, logging, referer, website, worm } from "./ali_oss/documents.ts";
import { forms, links, plumbing } from "./ali_oss/links.ts";
import { channels, fetching, processing } from "./ali_oss/media.ts";
import { CLASSES, METHODS } from "./ali_oss/methods.ts";
import { multipart } from "./ali_oss/multipart.ts";
import { acls, callbacks, deletes, lists, objects, restores, symlinks, tagging } from "./ali_oss/objects.ts";
import { bytes, type Step, type World } from "./ali_oss/world.ts";

/** In this order: the first steps make what the next ones need. */
const STEPS: Readonly<Record<string, Step>> = {
  ...{
    objects,
    lists,
    callbacks,
    multipart,
    acls,
    tagging,
    symlinks,
    restores,
    links,
    forms,
    deletes,
    buckets,
    documents,
    versions,
  },
  ...{ lifecycle, referer, website, logging, inventory, worm, processing, fetching, channels, plumbing },
};

function keysOf(oss: TestOSS, sts: boolean): Pick<World, "accessKeyId" | "accessKeySecret" | "securityToken"> {
  return sts ? oss.issueToken({ seconds: 900 }) : { ...oss.credentials, securityToken: undefined };
}

/** The server that callbacks go to: it answers with what it was sent. */
async function answerCallback(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (pathname === "/fail") return new Response("no", { status: 500 });
  return Response.json({
    type: request.headers.get("content-type"),
    from: pathname + search,
    got: await request.text(),
  });
}

for (const v4 of [false, true]) {
  for (const sts of [false, true]) {
    test(`ali-oss: a round with ${v4 ? "V4" : "V1"}${sts ? " and an STS token" : ""}`, {
      timeout: 60_000,
    }, async () => {
      const oss = createTestOSS({ buckets: ["ali-bucket"], md5: nodeMd5, callback: answerCallback });
      const server = await listen(oss);
      const agent = new LoopbackAgent(server.port);
      try {
        const { accessKeyId, accessKeySecret, securityToken } = keysOf(oss, sts);
        const keys = { accessKeyId, accessKeySecret };
        // ali-oss refreshes tokens itself, or complains that it cannot.
        const refreshSTSToken = async (): Promise<object> => ({ ...keys, stsToken: securityToken });
        const client = aliOSS(agent, {
          ...keys,
          ...(sts && { stsToken: securityToken, refreshSTSToken }),
          authorizationV4: v4,
        });
        const world = { v4, sts, ...keys, securityToken, fetch: loopbackFetch(server.port) };
        const missed: string[] = [];
        const failed: string[] = [];
        for (const [name, step] of Object.entries(STEPS)) {
          const called = new Set<string>();
          await step(noting(client, called), world).catch((error: unknown) => {
            failed.push(`${name}: ${error instanceof Error ? error.stack : error}`);
          });
          const listed = Object.entries(METHODS).filter(([, where]) => where === name);
          missed.push(...listed.map(([method]) => method).filter((method) => !called.has(method)));
        }
        assert.deepEqual(failed, []);
        assert.deepEqual(missed, [], "listed in METHODS, but not called by that step");
        const hosts = new Set(oss.requests.map(({ headers }) => headers["host"]));
        assert.isTrue(hosts.has("ali-bucket.oss-cn-hangzhou.aliyuncs.com"), [...hosts].join());
      } finally {
        agent.destroy();
        await server.close();
      }
    });
  }
}

test("ali-oss: the round knows every method that the client has", () => {
  const prototype: object = AliOSSClient.prototype;
  const own = Object.getOwnPropertyNames(prototype).filter(
    (name) => typeof Reflect.get(prototype, name) === "function" && !name.startsWith("_") && name !== "constructor",
  );
  assert.isAbove(own.length, 100);
  assert.sameMembers(Object.keys(METHODS), own);
  assert.sameMembers(Object.keys(AliOSSClient), [...Object.keys(CLASSES), "initOptions"]);
  for (const where of Object.values(METHODS)) if (!where.startsWith("none: ")) assert.property(STEPS, where);
});

test("ali-oss: V1 is refused where it is switched off", async () => {
  const oss = createTestOSS({ buckets: ["ali-bucket"], v1: false });
  const server = await listen(oss);
  const agent = new LoopbackAgent(server.port);
  try {
    const put = (v4: boolean): Promise<string> =>
      aliOSS(agent, { ...oss.credentials, authorizationV4: v4 })
        .put("a", bytes("x"))
        .then(
          () => "stored",
          (error: { code: string }) => error.code,
        );
    assert.deepEqual([await put(false), await put(true)], ["AccessDenied", "stored"]);
  } finally {
    agent.destroy();
    await server.close();
  }
});
