/**
 * Media types of everyday files.
 * @module
 */

/** One media type and its extensions a line. */
const TYPES = `text/html html htm
text/css css
text/javascript js mjs
text/plain txt log
text/csv csv
text/markdown md
text/xml xml
image/svg+xml svg
image/png png
image/jpeg jpg jpeg
image/gif gif
image/webp webp
image/avif avif
image/heic heic
image/bmp bmp
image/tiff tif tiff
image/x-icon ico
video/mp4 mp4 m4v
video/webm webm
video/quicktime mov
video/x-matroska mkv
video/mp2t ts
audio/mpeg mp3
audio/mp4 m4a
audio/aac aac
audio/wav wav
audio/ogg ogg
audio/flac flac
font/woff woff
font/woff2 woff2
font/ttf ttf
application/json json map
application/pdf pdf
application/zip zip
application/gzip gz tgz
application/wasm wasm
application/x-tar tar
application/vnd.apple.mpegurl m3u8
application/msword doc
application/vnd.ms-excel xls
application/vnd.android.package-archive apk
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx`;

/**
 * Guesses a media type from the extension of a key.
 * @param key an object key or file name; the case of the extension does not matter
 * @returns the media type without parameters, or `undefined` for an unknown extension
 * @example
 * ```ts
 * import { mimeType } from "./mime.ts";
 * console.log(mimeType("photos/Cat.JPG")); // "image/jpeg"
 * ```
 */
export function mimeType(key: string): string | undefined {
  const extension = /\.(\w+)$/.exec(key)?.[1]?.toLowerCase();
  // The names after the first of a line are extensions; no extension holds a space or a line break.
  return extension && new RegExp(`^(\\S+) (?:.+ )?${extension}(?: |$)`, "m").exec(TYPES)?.[1];
}
