/**
 * What watermarks of images take.
 * @module
 */
import type { Gravity } from "./image_options.ts";

/** A watermark of text, of an image, or of both. */
export interface WatermarkOptions {
  readonly text?: string | undefined;
  /** Key of an image in the same bucket, `?x-oss-process=...` behind it where it is to be processed first. */
  readonly image?: string | undefined;
  /** The font: `wqy-zenhei`. */
  readonly font?: string | undefined;
  /** `000000` to `FFFFFF`. */
  readonly color?: string | undefined;
  /** Of the text, 1 to 1,000 pixels. */
  readonly size?: number | undefined;
  /** Opacity of the text's shadow, 0 to 100. */
  readonly shadow?: number | undefined;
  /** Degrees clockwise, 0 to 360. */
  readonly rotate?: number | undefined;
  /** Cover the whole image with it. */
  readonly fill?: boolean | undefined;
  /** Opacity, 0 to 100. */
  readonly opacity?: number | undefined;
  readonly gravity?: Gravity | undefined;
  /** Distances from the edges, 0 to 4,096 pixels. */
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  /** From the middle line, -1,000 to 1,000 pixels. */
  readonly verticalOffset?: number | undefined;
  /** Between repetitions of `fill`, 0 to 4,096 pixels. */
  readonly paddingX?: number | undefined;
  readonly paddingY?: number | undefined;
  /** Text first: true. */
  readonly order?: boolean | undefined;
  /** Text and image aligned at the top (0), the middle (1), the bottom (2). */
  readonly align?: 0 | 1 | 2 | undefined;
  /** Between text and image, 0 to 1,000 pixels. */
  readonly interval?: number | undefined;
}
