/**
 * The error answers of the in-process OSS, as exceptions.
 * @module
 */

/** What an error answer carries beside its status, code and message. */
export interface ServiceFaultFields {
  /** The fine-grained error number, `0026-00000001`. */
  readonly ec?: string | undefined;
  /** Further elements of the error document, by element name. */
  readonly extras?: Readonly<Record<string, string>> | undefined;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * An error answer on its way out of a route: thrown anywhere, turned into XML (or `x-oss-err`) in one place.
 * @example
 * ```ts
 * import { ServiceFault } from "oss-fetch/testing";
 * const fault = new ServiceFault(404, "NoSuchKey", "The specified key does not exist.", { ec: "0026-00000001" });
 * console.log(fault.code);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/error-responses
 */
export class ServiceFault extends Error {
  override readonly name = "ServiceFault" as const;
  /** The HTTP status. */
  readonly status: number;
  /** The service's `<Code>`. */
  readonly code: string;
  readonly ec: string | undefined;
  readonly extras: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** @param message the service's `<Message>` */
  constructor(status: number, code: string, message: string, fields: ServiceFaultFields = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.ec = fields.ec;
    this.extras = fields.extras ?? {};
    this.headers = fields.headers ?? {};
  }
}
