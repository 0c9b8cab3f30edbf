/**
 * CreateCnameToken and GetCnameToken.
 * @module
 */
import { date, named, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { required } from "../required.ts";
import type { CnameInput } from "./cname.ts";

/** What proves that a domain is one's own, as a TXT record of `_dnsauth.` before the domain. */
export interface CnameToken {
  readonly bucket?: string;
  /** The domain. */
  readonly cname: string;
  readonly token: string;
  /** 72 hours after it was made. */
  readonly expireTime?: Date;
}

/** Result of CreateCnameToken and GetCnameToken. */
export interface CnameTokenResult extends Result, CnameToken {}

/** Input of GetCnameToken. */
export interface GetCnameTokenInput extends BaseInput {
  /** The domain. */
  readonly cname: string;
}

const cnameToken = (): Shape<CnameToken> => ({ bucket: text, cname: text, token: text, expireTime: date });

/**
 * Makes the token that proves a domain to be one's own; while one is valid, that one comes again.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createCnameToken } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { token } = await createCnameToken(client, { domain: "img.example.com" });
 * console.log(`_dnsauth.img.example.com TXT ${token}`);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/createcnametoken
 */
export const createCnameToken: Operation<CnameInput, CnameTokenResult> = /* @__PURE__ */ operation(() => ({
  name: "CreateCnameToken",
  method: "POST",
  subresource: "cname",
  query: { comp: "token" },
  wire: { domain: named("Cname/Domain", text) },
  body: xmlBody("BucketCnameConfiguration", "domain"),
  result: treeResult("CnameToken", cnameToken()),
}));

/**
 * Reads the token that was made for a domain.
 * @throws ServiceError `CnameTokenNotFound`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createCnameToken, getCnameToken } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createCnameToken(client, { domain: "img.example.com" });
 * console.log((await getCnameToken(client, { cname: "img.example.com" })).expireTime);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getcnametoken
 */
export const getCnameToken: Operation<GetCnameTokenInput, CnameTokenResult> = /* @__PURE__ */ operation(() => ({
  name: "GetCnameToken",
  method: "GET",
  query: { comp: "token" },
  wire: { cname: "?cname" },
  request: required("cname"),
  result: treeResult("CnameToken", cnameToken()),
}));
