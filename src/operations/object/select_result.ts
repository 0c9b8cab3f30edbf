/**
 * Results of SelectObject and CreateSelectObjectMeta.
 * @module
 */
import type { Bytes, Result } from "../../types.ts";

/** Result of SelectObject. */
export interface SelectObjectResult extends Result {
  /** What was selected, as CSV or JSON lines. Cancel it when the rest is not wanted. */
  readonly body: ReadableStream<Bytes>;
  /** Did the service answer without frames? Then nothing was checked. */
  readonly raw: boolean;
  /** Bytes of the object that were scanned; rises while `body` is read. Unknown (0) without frames. */
  readonly scanned: number;
  /** What the service said at the end of `body`, such as which records it left out. */
  readonly message: string;
  /** Reads the whole of `body` as text. */
  text(): Promise<string>;
}

/** Result of CreateSelectObjectMeta. */
export interface CreateSelectObjectMetaResult extends Result {
  readonly splitsCount: number;
  readonly rowsCount: number;
  /** Of CSV. */
  readonly columnsCount?: number;
  /** Bytes of the object that were scanned. */
  readonly scanned: number;
  /** What the service said at the end. */
  readonly message: string;
}
