/**
 * What the actions of image processing take.
 * @module
 */
import type { OpenEnum } from "../../types.ts";

/** A place in an image: nine fields, from the upper left to the lower right. */
export type Gravity = OpenEnum<"nw" | "north" | "ne" | "west" | "center" | "east" | "sw" | "south" | "se">;

/** How an image is resized; sides in pixels, 1 to 16,384. */
export interface ResizeOptions {
  /** How it fits into `width` and `height`. @default "lfit" */
  readonly mode?: OpenEnum<"lfit" | "mfit" | "fill" | "pad" | "fixed"> | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly longSide?: number | undefined;
  readonly shortSide?: number | undefined;
  /** Leave images alone that would grow. @default true */
  readonly limit?: boolean | undefined;
  /** What `pad` fills with: `FFFFFF`. */
  readonly color?: string | undefined;
  /** Percent of the image's own size, 1 to 1,000. */
  readonly percent?: number | undefined;
  /** In the image of a watermark: percent of the main image, 1 to 100. */
  readonly percentOfMain?: number | undefined;
}

/** Which rectangle is cut out, in pixels. */
export interface CropOptions {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  /** Where `x` and `y` begin. @default "nw" */
  readonly gravity?: Gravity | undefined;
}

/** How an image is cut into strips, and which of them is wanted. */
export interface IndexcropOptions {
  /** Width of vertical strips. */
  readonly x?: number | undefined;
  /** Height of horizontal strips. */
  readonly y?: number | undefined;
  /** The strip, from 0. */
  readonly index?: number | undefined;
}

/** How an image is blurred, each 1 to 50. */
export interface BlurOptions {
  readonly radius: number;
  readonly sigma: number;
}

/** Quality in percent, 1 to 100: one of the two. */
export interface QualityOptions {
  /** Of the image's own quality. */
  readonly relative?: number | undefined;
  readonly absolute?: number | undefined;
}
