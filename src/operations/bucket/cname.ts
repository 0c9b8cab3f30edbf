/**
 * PutCname, ListCname and DeleteCname.
 * @module
 */
import { boolean, date, list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** Input of calls on one domain of a bucket. */
export interface CnameInput extends BaseInput {
  /** The own domain: `img.example.com`. */
  readonly domain: string;
}

/** The certificate that a domain answers HTTPS with. */
export interface CertificateConfiguration {
  /** Id of a certificate that Certificate Management Service keeps. */
  readonly certId?: string | undefined;
  /** The public part, in PEM. */
  readonly certificate?: string | undefined;
  /** The private key, in PEM. */
  readonly privateKey?: string | undefined;
  /** Id of the certificate in use; needed without `force` when there is one. */
  readonly previousCertId?: string | undefined;
  /** Replace a certificate whatever it is. */
  readonly force?: boolean | undefined;
  /** Take the certificate away. */
  readonly deleteCertificate?: boolean | undefined;
}

/** Input of PutCname. */
export interface PutCnameInput extends CnameInput {
  readonly certificateConfiguration?: CertificateConfiguration | undefined;
}

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

const certificateConfiguration = (): Shape<CertificateConfiguration> => ({
  certId: text,
  certificate: text,
  privateKey: text,
  previousCertId: text,
  force: boolean,
  deleteCertificate: boolean,
});

/**
 * Binds an own domain to a bucket, or changes its certificate. The domain must have been proved with `createCnameToken`.
 * @throws ServiceError `NeedVerifyDomainOwnership`, `CnameAlreadyExists`, `InvalidArgument`, `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, createCnameToken, putCname } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await createCnameToken(client, { domain: "img.example.com" }); // here its token would go into a TXT record
 * await putCname(client, { domain: "img.example.com" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putcname
 */
export const putCname: Operation<PutCnameInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutCname",
  method: "POST",
  subresource: "cname",
  query: { comp: "add" },
  wire: {
    domain: named("Cname/Domain", text),
    certificateConfiguration: named(
      "Cname/CertificateConfiguration",
      object<CertificateConfiguration>(certificateConfiguration()),
    ),
  },
  body: xmlBody("BucketCnameConfiguration", "domain"),
  result: emptyResult,
}));

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

/**
 * Takes an own domain from a bucket.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, deleteCname } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await deleteCname(client, { domain: "img.example.com" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletecname
 */
export const deleteCname: Operation<CnameInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteCname",
  method: "POST",
  subresource: "cname",
  query: { comp: "delete" },
  wire: { domain: named("Cname/Domain", text) },
  body: xmlBody("BucketCnameConfiguration", "domain"),
  result: emptyResult,
}));
