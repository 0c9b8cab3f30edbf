/**
 * ListCname.
 * @module
 */
import { date, list, named, object, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";

/** A domain's certificate. */
export interface CnameCertificate {
  /** Kept by Certificate Management Service, or uploaded. */
  readonly type?: OpenEnum<"CAS" | "Upload">;
  readonly certId?: string;
  readonly status?: OpenEnum<"Enabled" | "Disabled">;
  readonly creationDate?: Date;
  readonly fingerprint?: string;
  readonly validStartDate?: Date;
  readonly validEndDate?: Date;
}

/** A domain of a bucket. */
export interface Cname {
  readonly domain: string;
  readonly lastModified?: Date;
  readonly status?: OpenEnum<"Enabled" | "Disabled">;
  readonly certificate?: CnameCertificate;
}

/** Result of ListCname. */
export interface ListCnameResult extends Result {
  readonly bucket?: string;
  readonly owner?: string;
  readonly cnames: readonly Cname[];
}

/**
 * Lists the own domains of a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, listCname } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for (const { domain, status } of (await listCname(client, {})).cnames) console.log(domain, status);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listcname
 */
export const listCname: Operation<BaseInput, ListCnameResult> = /* @__PURE__ */ operation(() => ({
  name: "ListCname",
  method: "GET",
  subresource: "cname",
  result: treeResult("ListCnameResult", {
    bucket: text,
    owner: text,
    cnames: named(
      "Cname",
      list<Cname>(
        object<Cname>({
          domain: text,
          lastModified: date,
          status: text,
          certificate: object<CnameCertificate>({
            type: text,
            certId: text,
            status: text,
            creationDate: date,
            fingerprint: text,
            validStartDate: date,
            validEndDate: date,
          }),
        }),
      ),
    ),
  }),
}));
