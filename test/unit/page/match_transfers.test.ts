/** Files that were chosen again find the uploads that they belong to. */
import { matchTransfers, type PickedFile } from "../../../src/page/mod.ts";
import type { UploadRecord } from "../../../src/transfer/resume/types.ts";
import { assert, test } from "../../harness.ts";

const DATE = 1_700_000_000_000;

function record(key: string, more: Partial<UploadRecord> = {}): UploadRecord {
  const name = key.split("/").at(-1) ?? key;
  const common = {
    version: 1,
    state: "running",
    endpoint: "e",
    bucket: "b",
    created: 1,
    updated: 1,
    asked: 1,
  } as const;
  return { ...common, id: key, kind: "upload", key, name, size: 3, partSize: 1, headers: {}, ...more };
}

function picked(path: string, bytes = "abc", lastModified = DATE): PickedFile {
  const name = path.split("/").at(-1) ?? path;
  return { path, file: new File([bytes], name, { lastModified }) };
}

function pairs(records: readonly UploadRecord[], files: readonly PickedFile[]): string[] {
  return matchTransfers(records, files).map(
    (match) => `${match.record.key} <- ${files.indexOf(match.picked)} ${match.picked.path}`,
  );
}

test("name and size must be the same", () => {
  const files = [picked("a.mp4"), picked("b.mp4", "abcd"), picked("other.mp4")];
  assert.deepEqual(pairs([record("x/a.mp4"), record("x/b.mp4"), record("x/c.mp4")], files), ["x/a.mp4 <- 0 a.mp4"]);
  assert.deepEqual(pairs([], files), []);
  assert.deepEqual(pairs([record("x/a.mp4")], []), []);
});

test("a file that was touched still matches; a copy with the date is preferred", () => {
  const own = record("a.mp4", { lastModified: DATE });
  assert.deepEqual(pairs([own], [picked("a.mp4", "abc", DATE + 1)]), ["a.mp4 <- 0 a.mp4"]);
  assert.deepEqual(pairs([own], [picked("a.mp4", "abc", DATE + 1), picked("copy/a.mp4")]), ["a.mp4 <- 1 copy/a.mp4"]);
});

test("files of one name in several folders go where the keys have those folders", () => {
  const records = [record("u/two/a.jpg"), record("u/one/a.jpg")];
  assert.deepEqual(pairs(records, [picked("one/a.jpg"), picked("two/a.jpg")]), [
    "u/two/a.jpg <- 1 two/a.jpg",
    "u/one/a.jpg <- 0 one/a.jpg",
  ]);
  assert.deepEqual(pairs([record("u/none/a.jpg")], [picked("one/a.jpg")]), ["u/none/a.jpg <- 0 one/a.jpg"]);
});

test("a file that two uploads wait for is for both; of two files nobody can tell apart each takes one", () => {
  const records = [record("x/a.mp4"), record("y/a.mp4")];
  assert.deepEqual(pairs(records, [picked("a.mp4")]), ["x/a.mp4 <- 0 a.mp4", "y/a.mp4 <- 0 a.mp4"]);
  assert.deepEqual(pairs(records, [picked("a.mp4"), picked("a.mp4")]), ["x/a.mp4 <- 0 a.mp4", "y/a.mp4 <- 1 a.mp4"]);
});

test("downloads and copies have no file, and a Blob without a name is not found again", () => {
  const { name: _, ...nameless } = record("a.mp4");
  const others = [{ ...record("a.mp4"), kind: "download" } as unknown as UploadRecord, nameless];
  assert.deepEqual(pairs(others, [picked("a.mp4")]), []);
});
