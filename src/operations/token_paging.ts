/**
 * What lists have in common that page by `continuation-token`.
 * @module
 */
import { boolean, type Shape, text } from "../codec/shape.ts";
import type { Wire } from "../core/operation.ts";
import { pageSizeWire } from "./fields.ts";

/** Input of a list with tokens. */
export interface TokenPageInput {
  /** `nextContinuationToken` of the page before. */
  readonly continuationToken?: string | undefined;
  /** Entries a page, 1 to 1,000. @default 100, the service's */
  readonly maxKeys?: number | undefined;
}

/** What a page tells of the next one. */
export interface TokenPage {
  readonly isTruncated?: boolean;
  readonly nextContinuationToken?: string;
}

/** Where {@link TokenPageInput} goes. */
export const tokenWire = (): Wire<TokenPageInput> => ({
  continuationToken: "?continuation-token",
  maxKeys: pageSizeWire("maxKeys", "?max-keys"),
});

/** Where {@link TokenPage} stands. */
export const tokenShape = (): Shape<TokenPage> => ({ isTruncated: boolean, nextContinuationToken: text });

/** What leads from one page to the next. */
export const nextByToken = ({ isTruncated, nextContinuationToken }: TokenPage): TokenPageInput | undefined =>
  isTruncated ? { continuationToken: nextContinuationToken } : undefined;
