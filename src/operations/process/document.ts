/**
 * Document processing.
 * @module
 */
import type { OpenEnum } from "../../types.ts";
import { type ActionChain, chain } from "./chain.ts";

/** What readers of a previewed document may do. */
export interface PreviewOptions {
  readonly export?: boolean | undefined;
  readonly print?: boolean | undefined;
  readonly copy?: boolean | undefined;
}

/** A text over every page of a preview. */
export interface DocumentWatermarkOptions {
  readonly text: string;
  /** In pixels. */
  readonly size?: number | undefined;
  /** Opacity, 0 to 100. */
  readonly opacity?: number | undefined;
  /** `000000` to `FFFFFF`. */
  readonly color?: string | undefined;
  /** Degrees clockwise, 0 to 360. */
  readonly rotate?: number | undefined;
  /** The font. */
  readonly font?: string | undefined;
}

/** A document in another form. */
export interface DocumentConvertOptions {
  readonly target: OpenEnum<"pdf" | "png" | "jpg" | "txt">;
  /** @default the key's extension */
  readonly source?: string | undefined;
  /** Which pages: `1,2,4-10`. */
  readonly pages?: string | undefined;
}

/** A page of a document as an image. */
export interface PageOptions {
  /** From 1. */
  readonly page?: number | undefined;
  readonly target?: OpenEnum<"png" | "jpg"> | undefined;
  readonly source?: string | undefined;
}

/** A chain of document actions. */
export interface DocumentProcessing extends ActionChain<DocumentProcessing> {
  /** Asks for a page that shows the document in a browser. */
  preview(options?: PreviewOptions): DocumentProcessing;
  /** Over the pages of a preview. */
  watermark(options: DocumentWatermarkOptions): DocumentProcessing;
  snapshot(options?: PageOptions): DocumentProcessing;
  /** For `asyncProcessObject`, with `saveAs`. */
  convert(options: DocumentConvertOptions): DocumentProcessing;
}

/**
 * Begins a chain of document processing (`doc/...`).
 * @returns a chain without actions
 * @throws RangeError | TypeError from its methods, naming argument and value
 * @example
 * ```ts
 * import { doc } from "oss-fetch";
 * console.log(String(doc().preview({ print: false }).watermark({ text: "internal" })));
 * console.log(String(doc().convert({ target: "png", source: "docx", pages: "1-10" }).saveAs({ key: "page.png" })));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/document-conversion
 */
export function doc(): DocumentProcessing {
  return chain("doc", {
    preview: "?export:export print:print copy:copy",
    watermark: "text:text:b size:size:1 opacity:t:0:100 color:color rotate:rotate:0:360 font:type:b",
    snapshot: "?page:page:1 target:target source:source",
    convert: "target:target source:source pages:pages:b",
  });
}
