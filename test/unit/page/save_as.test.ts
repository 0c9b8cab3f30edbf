/** saveAs in pages: by a made-up picker, by the origin private file system, or as a Blob, and what is left of it. */
import { createClient, IntegrityError, putObject, ServiceError, TransferError } from "../../../src/mod.ts";
import { type SaveAsOptions, type SaveAsResult, saveAs } from "../../../src/page/mod.ts";
import { createTestOSS, type TestOSS } from "../../../src/testing/mod.ts";
import { failureOf, noise } from "../../conformance/support/world.ts";
import { assert, runtime, type TestOptions, test } from "../../harness.ts";
import { catchTimers } from "../core/timers.ts";
import { FakeFolder } from "../streams/fake_folder.ts";
import { bytesOf, fill, NO_OPFS, namesIn } from "../streams/opfs.ts";
import { assertBytes } from "../streams/support.ts";

const none = "no document outside browsers";
const PAGES: TestOptions = { skip: { node: none, deno: none, bun: none, workerd: none } };
const KEY = "2025/a:b.bin";
const BYTES = noise(300_000);

interface Stage {
  readonly oss: TestOSS;
  /** What was clicked: names and bytes. */
  readonly clicked: [name: string, bytes: Uint8Array][];
  save(options?: SaveAsOptions, key?: string): Promise<SaveAsResult>;
}

async function withStage(use: (stage: Stage) => Promise<void>): Promise<void> {
  const oss = createTestOSS({ buckets: ["photos"] });
  const client = createClient({ ...oss.clientOptions, bucket: "photos", retry: { base: 1, max: 2 } });
  await putObject(client, { key: KEY, body: BYTES, contentType: "a/b" });
  const clicked: Stage["clicked"] = [];
  const urls: Promise<unknown>[] = [];
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    const { download, href } = this;
    assert.isTrue(this.isConnected);
    const read = async (): Promise<void> => {
      clicked.push([download, new Uint8Array(await (await fetch(href)).arrayBuffer())]);
    };
    urls.push(read());
  };
  const options = { partSize: 102_400, multipartThreshold: 102_400 };
  const save = async (more: SaveAsOptions = {}, key = KEY): Promise<SaveAsResult> => {
    const result = await saveAs(client, { key }, { ...options, ...more });
    await Promise.all(urls);
    return result;
  };
  try {
    await use({ oss, clicked, save });
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
}

/** Puts a picker into the page, or takes it away. */
async function withPicker(picker: ((options: object) => unknown) | undefined, use: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "showSaveFilePicker");
  Object.defineProperty(globalThis, "showSaveFilePicker", { value: picker, configurable: true, writable: true });
  try {
    await use();
  } finally {
    if (before) Object.defineProperty(globalThis, "showSaveFilePicker", before);
    else Reflect.deleteProperty(globalThis, "showSaveFilePicker");
  }
}

/** A picked file, and how often it was removed. */
async function pickedFile(): Promise<{ folder: FakeFolder; handle: object }> {
  const folder = new FakeFolder();
  const file = await folder.getFileHandle("chosen.bin", { create: true });
  return { folder, handle: Object.assign(file, { remove: () => folder.removeEntry("chosen.bin") }) };
}

async function temporaries(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  return namesIn(await root.getDirectoryHandle("oss-fetch-downloads", { create: true }));
}

test("saveAs: to the file of a picker, which is asked before anything is awaited", PAGES, () =>
  withStage(async ({ save, clicked, oss }) => {
    const { folder, handle } = await pickedFile();
    let asked: object | undefined;
    const picker = (options: object): Promise<object> => {
      asked = options;
      return Promise.resolve(handle);
    };
    await withPicker(picker, async () => {
      const saving = save();
      assert.deepEqual(asked, { suggestedName: "a_b.bin" });
      const { via, name, size, etag } = await saving;
      assert.deepEqual([via, name, size, typeof etag], ["picker", "chosen.bin", BYTES.length, "string"]);
      const file = await folder.getFileHandle("chosen.bin");
      assertBytes(file.bytes, BYTES);
      assert.equal(folder.disk.open, 0);
      assert.lengthOf(clicked, 0);
      // What fails leaves no file that the picker has made.
      const again = await pickedFile();
      oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "GetObject", times: 9 });
      await withPicker(
        async () => again.handle,
        async () => {
          const error = await failureOf(save());
          assert.instanceOf(error instanceof TransferError ? error.cause : error, ServiceError);
          assert.deepEqual([again.folder.files(), again.folder.disk.open], [{}, 0]);
        },
      );
    });
  }),
);

test("saveAs: a picker that is closed is an AbortError; one that may not be shown is done without", PAGES, () =>
  withStage(async ({ save, oss, clicked }) => {
    const closed = new DOMException("closed", "AbortError");
    const before = oss.requests.length;
    await withPicker(
      () => Promise.reject(closed),
      async () => assert.equal(await failureOf(save()), closed),
    );
    assert.lengthOf(oss.requests, before);
    const timers = catchTimers((milliseconds) => milliseconds >= 60_000 && milliseconds < 70_000);
    try {
      await withPicker(
        () => Promise.reject(new DOMException("no click", "SecurityError")),
        async () => assert.notEqual((await save({ suggestedName: "own.bin" })).via, "picker"),
      );
      assert.deepEqual([clicked.length, clicked[0]?.[0]], [1, "own.bin"]);
      await timers.fire();
    } finally {
      timers.restore();
    }
  }),
);

test("saveAs: by the origin private file system, of which nothing is left", NO_OPFS, () =>
  withStage(async ({ save, clicked, oss }) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("oss-fetch-downloads", { create: true });
    await fill(folder, "fresh", BYTES.slice(0, 3));
    const timers = catchTimers((milliseconds) => milliseconds === 60_030);
    try {
      const { via, name, size } = await save({ picker: false });
      assert.deepEqual([via, name, size], ["opfs", "a_b.bin", BYTES.length]);
      assert.equal(clicked[0]?.[0], "a_b.bin");
      assertBytes(clicked[0]?.[1] ?? new Uint8Array(0), BYTES);
      assert.lengthOf(await temporaries(), 2);
      await timers.fire();
      while ((await temporaries()).length > 1);
      assert.deepEqual(await temporaries(), ["fresh"], "another page may be using it");
      assert.lengthOf(await bytesOf(await folder.getFileHandle("fresh")), 3);
      await folder.removeEntry("fresh");
      oss.faults.add({ kind: "status", status: 403, code: "AccessDenied", operation: "GetObject", times: 9 });
      await failureOf(save({ picker: false }));
      assert.deepEqual(await temporaries(), []);
      assert.lengthOf(clicked, 1);
    } finally {
      timers.restore();
    }
  }),
);

test("saveAs: a day later what a closed page has left is removed", NO_OPFS, async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("oss-fetch-downloads", { create: true });
  await fill(folder, "stale", BYTES.slice(0, 3));
  const oss = createTestOSS({ buckets: ["photos"] });
  const now = (): number => Date.now() + 86_500_000;
  const client = createClient({ ...oss.clientOptions, bucket: "photos", now });
  assert.instanceOf(await failureOf(saveAs(client, { key: "missing" }, { picker: false })), Error);
  assert.deepEqual(await temporaries(), []);
});

test("saveAs: as a Blob where there is no file system, and never an altered one", PAGES, () =>
  withStage(async ({ save, clicked, oss }) => {
    const descriptor = Object.getOwnPropertyDescriptor(navigator, "storage");
    Object.defineProperty(navigator, "storage", { value: undefined, configurable: true });
    const timers = catchTimers((milliseconds) => milliseconds === 60_030);
    try {
      const { via, size } = await save({ picker: false });
      assert.deepEqual([via, size], ["blob", BYTES.length], runtime);
      assertBytes(clicked[0]?.[1] ?? new Uint8Array(0), BYTES);
      await timers.fire();
      oss.faults.add({ kind: "flip", operation: "GetObject", times: 99 });
      const error = await failureOf(save({ picker: false }));
      assert.instanceOf(error instanceof TransferError ? error.cause : error, IntegrityError);
      assert.lengthOf(clicked, 1);
    } finally {
      timers.restore();
      if (descriptor) Object.defineProperty(navigator, "storage", descriptor);
      else Reflect.deleteProperty(navigator, "storage");
    }
  }),
);

test("saveAs: bad arguments, and places without a document, are told before any request", async () => {
  const oss = createTestOSS({ buckets: ["photos"] });
  const client = createClient({ ...oss.clientOptions, bucket: "photos" });
  for (const [input, options] of [
    [{ key: "" }, {}],
    [{ key: "a" }, { suggestedName: "" }],
    ...(PAGES.skip?.[runtime] ? [[{ key: "a" }, {}] as const] : []),
  ] as const)
    assert.instanceOf(await failureOf(saveAs(client, input, options)), TypeError);
  assert.lengthOf(oss.requests, 0);
});
