import { mimeType } from "../../../src/codec/mime.ts";
import { assert, test } from "../../harness.ts";

test("mimeType: everyday extensions, whatever their case and folder", () => {
  for (const [key, type] of [
    ["index.html", "text/html"],
    ["a/b.c/Cat.JPG", "image/jpeg"],
    ["x.jpeg", "image/jpeg"],
    ["app.mjs", "text/javascript"],
    ["app.js.map", "application/json"],
    ["archive.tar.gz", "application/gzip"],
    ["seg.ts", "video/mp2t"],
    ["list.m3u8", "application/vnd.apple.mpegurl"],
    ["font.woff", "font/woff"],
    ["font.woff2", "font/woff2"],
    ["movie.mp4", "video/mp4"],
    ["m.wasm", "application/wasm"],
    ["slides.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"],
    ["photo.svg", "image/svg+xml"],
  ] as const)
    assert.equal(mimeType(key), type, key);
});

test("mimeType: unknown is undefined, also where a table row could match by accident", () => {
  for (const key of [
    "",
    "html",
    "a.",
    "a.unknown",
    "a.html/b",
    "a.ht",
    "a.html5",
    "a.text",
    "a.text/html",
    "a. css",
    "a.m",
    "é.é",
    "a.\n",
  ])
    assert.isUndefined(mimeType(key), JSON.stringify(key));
});
