/**
 * Image processing.
 * @module
 */
import type { OpenEnum } from "../../types.ts";
import { type ActionChain, chain, type Processing } from "./chain.ts";

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

/** A chain of image actions, carried out in their order. */
export interface ImageProcessing extends ActionChain<ImageProcessing> {
  resize(options: ResizeOptions): ImageProcessing;
  crop(options: CropOptions): ImageProcessing;
  indexcrop(options: IndexcropOptions): ImageProcessing;
  /** Turns clockwise. @param degrees 0 to 360 */
  rotate(degrees: number): ImageProcessing;
  /** Cuts out a circle. @param radius 1 to 4,096 pixels */
  circle(radius: number): ImageProcessing;
  /** @param radius 1 to 4,096 pixels */
  roundedCorners(radius: number): ImageProcessing;
  blur(options: BlurOptions): ImageProcessing;
  /** @param strength 50 to 399, 100 is usual */
  sharpen(strength: number): ImageProcessing;
  /** @param brightness -100 to 100 */
  bright(brightness: number): ImageProcessing;
  /** @param contrast -100 to 100 */
  contrast(contrast: number): ImageProcessing;
  watermark(options: WatermarkOptions): ImageProcessing;
  quality(options: QualityOptions): ImageProcessing;
  format(format: OpenEnum<"jpg" | "png" | "webp" | "bmp" | "gif" | "tiff" | "heic" | "avif">): ImageProcessing;
  /** Makes a JPEG that appears gradually. */
  interlace(gradual: boolean): ImageProcessing;
  /** Turns the image as its EXIF data say. */
  autoOrient(turn: boolean): ImageProcessing;
  /** Asks for size, format and EXIF data, as JSON. */
  info(): ImageProcessing;
  /** Asks for the average colour, as JSON. */
  averageHue(): ImageProcessing;
}

/**
 * Begins a chain of image processing.
 * @returns a chain without actions, for `process` of getObject, processObject and presign
 * @throws RangeError | TypeError from its methods, naming argument and value
 * @example
 * ```ts
 * import { image } from "oss-fetch";
 * console.log(String(image().resize({ width: 100, mode: "fill" }).format("webp")));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/image-processing-4
 */
export function image(): ImageProcessing {
  return chain("image", {
    resize:
      "mode:m width:w:1:16384 height:h:1:16384 longSide:l:1:16384 shortSide:s:1:16384 limit:limit color:color percent:p:1:1000 percentOfMain:P:1:100",
    crop: "width:w:0:16384 height:h:0:16384 x:x:0 y:y:0 gravity:g",
    indexcrop: "x:x:1 y:y:1 index:i:0",
    rotate: "::0:360",
    circle: ":r:1:4096",
    roundedCorners: ":r:1:4096",
    blur: "radius:r:1:50 sigma:s:1:50",
    sharpen: "::50:399",
    bright: "::-100:100",
    contrast: "::-100:100",
    watermark:
      "text:text:b image:image:b font:type:b color:color size:size:1:1000 shadow:shadow:0:100 rotate:rotate:0:360 fill:fill opacity:t:0:100 gravity:g x:x:0:4096 y:y:0:4096 verticalOffset:voffset:-1000:1000 paddingX:padx:0:4096 paddingY:pady:0:4096 order:order align:align:0:2 interval:interval:0:1000",
    quality: "relative:q:1:100 absolute:Q:1:100",
    format: ":",
    interlace: ":",
    autoOrient: ":",
    info: "",
    averageHue: "",
  });
}

/**
 * Names a style of the bucket, which stands for a chain of image actions.
 * @param name of the style
 * @returns the value for `process`
 * @throws TypeError when it is no name
 * @example
 * ```ts
 * import { style } from "oss-fetch";
 * console.log(String(style("thumbnail")));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/image-styles
 */
export function style(name: string): Processing {
  return chain<ActionChain<Processing>>("style", {}).action(name);
}
