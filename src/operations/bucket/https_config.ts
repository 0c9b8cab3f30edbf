/**
 * PutBucketHttpsConfig and GetBucketHttpsConfig.
 * @module
 */
import { boolean, list, named, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type Operation, operation } from "../../core/operation.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";

/** The TLS versions that a bucket takes. */
export interface TlsVersions {
  /** Whether only `tlsVersions` are taken. */
  readonly enable: boolean;
  readonly tlsVersions?: readonly OpenEnum<"TLSv1.0" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3">[] | undefined;
}

/** The cipher suites that a bucket takes. */
export interface CipherSuite {
  /** Whether only strong or own suites are taken. */
  readonly enable: boolean;
  /** `true` takes strong suites, `false` those named here. */
  readonly strongCipherSuite?: boolean | undefined;
  /** Suites of TLS 1.2. */
  readonly customCipherSuites?: readonly string[] | undefined;
  /** Suites of TLS 1.3. */
  readonly tls13CustomCipherSuites?: readonly string[] | undefined;
}

/** How a bucket talks HTTPS. */
export interface HttpsConfiguration {
  readonly tls?: TlsVersions | undefined;
  readonly cipherSuite?: CipherSuite | undefined;
}

/** Input of PutBucketHttpsConfig. */
export interface PutBucketHttpsConfigInput extends BaseInput, HttpsConfiguration {}

/** Result of GetBucketHttpsConfig. */
export interface GetBucketHttpsConfigResult extends Result, HttpsConfiguration {}

const texts = (element: string) => named(element, list<string>(text));

const configuration = (): Shape<HttpsConfiguration> => ({
  tls: named("TLS", object<TlsVersions>({ enable: boolean, tlsVersions: texts("TLSVersion") })),
  cipherSuite: object<CipherSuite>({
    enable: boolean,
    strongCipherSuite: boolean,
    customCipherSuites: texts("CustomCipherSuite"),
    tls13CustomCipherSuites: texts("TLS13CustomCipherSuite"),
  }),
});

/**
 * Sets which TLS versions and cipher suites a bucket takes.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`, `MalformedXML`
 * @example
 * ```ts
 * import { createClient, putBucketHttpsConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putBucketHttpsConfig(client, { tls: { enable: true, tlsVersions: ["TLSv1.2", "TLSv1.3"] } });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putbuckethttpsconfig
 */
export const putBucketHttpsConfig: Operation<PutBucketHttpsConfigInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutBucketHttpsConfig",
  method: "PUT",
  subresource: "httpsConfig",
  wire: configuration(),
  body: xmlBody("HttpsConfiguration"),
  result: emptyResult,
}));

/**
 * Reads which TLS versions and cipher suites a bucket takes.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, getBucketHttpsConfig } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * console.log((await getBucketHttpsConfig(client, {})).tls?.enable);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getbuckethttpsconfig
 */
export const getBucketHttpsConfig: Operation<BaseInput, GetBucketHttpsConfigResult> = /* @__PURE__ */ operation(() => ({
  name: "GetBucketHttpsConfig",
  method: "GET",
  subresource: "httpsConfig",
  result: treeResult("HttpsConfiguration", configuration()),
}));
