/**
 * Image processing.
 * @module
 */
import type { OpenEnum } from "../../types.ts";
import { type ActionChain, chain, type Processing } from "./chain.ts";
import type { BlurOptions, CropOptions, IndexcropOptions, QualityOptions, ResizeOptions } from "./image_options.ts";
import type { WatermarkOptions } from "./watermark_options.ts";

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
