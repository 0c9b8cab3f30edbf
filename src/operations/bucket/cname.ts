/**
 * PutCname and DeleteCname.
 * @module
 */
import { boolean, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult } from "../../core/response.ts";
import type { Result } from "../../types.ts";
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
