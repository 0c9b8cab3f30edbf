/** What `xhrFetch` asks of XMLHttpRequest, and makes of what that tells: with a made-up one, so that it can tell anything. */
import { xhrFetch } from "../../../src/transports/xhr.ts";
import { failureOf, noise } from "../../conformance/support/world.ts";
import { assert, test } from "../../harness.ts";

const URL = "https://photos.example.com/a?x=1";
const body = noise(65_536);

/** Answers when it is told to. */
class FakeXhr {
  static readonly made: FakeXhr[] = [];
  readonly calls: unknown[][] = [];
  readonly upload: {
    onprogress: ((event: { loaded: number; total: number; timeStamp: number }) => void) | null;
  } = { onprogress: null };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  responseType = "";
  withCredentials = false;
  status = 200;
  statusText = "OK";
  responseURL = URL;
  response: ArrayBuffer | null = new ArrayBuffer(0);
  headers = "";

  constructor() {
    FakeXhr.made.push(this);
  }
  open(...call: unknown[]): void {
    this.calls.push(["open", ...call]);
  }
  setRequestHeader(...call: unknown[]): void {
    this.calls.push(["header", ...call]);
  }
  send(sent: unknown): void {
    this.calls.push(["send", sent]);
  }
  abort(): void {
    this.calls.push(["abort"]);
    this.onabort?.();
  }
  getAllResponseHeaders(): string {
    return this.headers;
  }
  answer(told: Partial<FakeXhr>): void {
    Object.assign(this, told);
    this.onload?.();
  }
}

type Init = Parameters<ReturnType<typeof xhrFetch>>[1];

/** Begins one request; what is not counted is answered with status 299. */
async function begin(init: Init, url = URL): Promise<{ response: Promise<Response>; xhr: FakeXhr | undefined }> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "XMLHttpRequest");
  Object.defineProperty(globalThis, "XMLHttpRequest", { value: FakeXhr, configurable: true, writable: true });
  FakeXhr.made.length = 0;
  try {
    const port = xhrFetch({ fetch: async () => new Response(null, { status: 299 }) });
    const response = port(url, { method: "PUT", body, onUpload: () => undefined, ...init });
    response.catch(() => undefined);
    return { response, xhr: FakeXhr.made[0] };
  } finally {
    if (before) Object.defineProperty(globalThis, "XMLHttpRequest", before);
    else Reflect.deleteProperty(globalThis, "XMLHttpRequest");
  }
}

/** The same, of what is counted. */
async function counted(init: Init = {}, url = URL): Promise<{ response: Promise<Response>; xhr: FakeXhr }> {
  const { response, xhr } = await begin(init, url);
  return { response, xhr: xhr ?? assert.fail("it was not counted") };
}

test("xhrFetch: the request is sent as it is, with credentials only where they are wanted", async () => {
  const { xhr } = await counted({ headers: { "x-a": "1", "content-type": "a/b" }, credentials: "include" });
  assert.deepEqual(xhr.calls, [
    ["open", "PUT", URL],
    ["header", "content-type", "a/b"],
    ["header", "x-a", "1"],
    ["send", body],
  ]);
  assert.isTrue(xhr.withCredentials);
  for (const credentials of [undefined, "omit", "same-origin"] as const)
    assert.isFalse((await counted(credentials && { credentials })).xhr.withCredentials);
});

test("xhrFetch: only bodies with something to count go through XMLHttpRequest", async () => {
  const form = new FormData();
  form.set("file", new Blob(["a"]));
  for (const large of [body, body.buffer, new Blob([body]), "a".repeat(65_536), form])
    assert.deepEqual((await counted({ body: large })).xhr.calls.at(-1), ["send", large]);
  // With a length of its own, as that of a runtime may have.
  const stream = Object.assign(new ReadableStream<Uint8Array>(), { length: 1 << 20 });
  for (const init of [{ body: body.slice(1) }, { body: stream }, { body: null }, { onUpload: undefined }] as Init[]) {
    const { response, xhr } = await begin(init);
    assert.isUndefined(xhr);
    assert.equal((await response).status, 299);
  }
});

test("xhrFetch: the answer has its status, headers, bytes and address", async () => {
  const { response, xhr } = await counted({}, `${URL}#part`);
  const bytes = new TextEncoder().encode("<Error/>");
  xhr.answer({
    ...{ status: 403, statusText: "Forbidden", response: bytes.buffer },
    headers: 'etag: "1"\r\nx-oss-ec:  0003\r\nx-two: a\r\nx-two: b:c\r\n',
  });
  const answer = await response;
  assert.deepInclude(answer, { status: 403, statusText: "Forbidden", url: URL });
  assert.deepEqual(
    ["etag", "x-oss-ec", "x-two"].map((name) => answer.headers.get(name)),
    ['"1"', "0003", "a, b:c"],
  );
  assert.equal(await answer.text(), "<Error/>");
  for (const status of [200, 204, 304]) {
    const empty = await counted();
    empty.xhr.answer({ status, response: status === 304 ? null : new ArrayBuffer(0) });
    assert.deepInclude(await empty.response, { status, body: null });
  }
});

test("xhrFetch: an answer after a redirect is none, and an answer that is none is a TypeError", async () => {
  const redirected = await counted();
  redirected.xhr.answer({ responseURL: "https://elsewhere.example.com/a?x=1" });
  assert.deepInclude(await redirected.response, { type: "error", status: 0 });
  for (const event of ["onerror", "onabort"] as const) {
    const { response, xhr } = await counted();
    xhr[event]?.();
    assert.instanceOf(await failureOf(response), TypeError);
  }
  const odd = await counted();
  odd.xhr.answer({ status: 999 });
  assert.instanceOf(await failureOf(odd.response), RangeError);
});

test("xhrFetch: an abort stops the request and its counting; after the answer it does nothing", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const init: Init = { signal: controller.signal, onUpload: (bytes) => seen.push(bytes) };
  const [{ response, xhr }, done] = [await counted(init), await counted(init)];
  done.xhr.answer({});
  assert.equal((await done.response).status, 200);
  const reason = { why: "enough" };
  controller.abort(reason);
  assert.strictEqual(await failureOf(response), reason);
  assert.deepEqual(xhr.calls.at(-1), ["abort"]);
  assert.notDeepInclude(done.xhr.calls, ["abort"]);
  for (const one of [xhr, done.xhr]) one.upload.onprogress?.({ loaded: 9, total: 65_536, timeStamp: 1e6 });
  assert.deepEqual(seen, [0, 0]);
  const late = await begin(init);
  assert.strictEqual(await failureOf(late.response), reason);
  assert.isUndefined(late.xhr);
});

test("xhrFetch: bytes are told from 0 on, twenty times a second and at the end, and never more than there are", async () => {
  const seen: number[] = [];
  const { xhr } = await counted({ onUpload: (bytes) => seen.push(bytes) });
  const tell = (loaded: number, timeStamp: number, total = 65_536): void =>
    xhr.upload.onprogress?.({ loaded, total, timeStamp });
  tell(8192, 100);
  for (let at = 1; at < 5; at++) tell(8192 + at, 100 + at * 10);
  tell(20_000, 150);
  tell(65_536, 151);
  tell(70_000, 300);
  // Of a length that the browser does not tell.
  tell(80_000, 400, 0);
  assert.deepEqual(seen, [0, 8192, 20_000, 65_536, 65_536, 80_000]);
});
