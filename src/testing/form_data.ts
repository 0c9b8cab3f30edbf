/**
 * multipart/form-data as a stream: fields first, then the file, which is never held in memory.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Bytes } from "../types.ts";
import { fromBinary } from "./percent.ts";
import { ServiceFault } from "./service_fault.ts";
import { ConnectionLost } from "./wire.ts";

/** Fields may have this many bytes each, and part headers too. */
const MAX_FIELD = 2 * 1024 ** 2;

/** A form up to its file. */
export interface Form {
  /** Fields before the file, by lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  /** The file, unless the form ended without one. */
  readonly file: FormFile | undefined;
}

/** The file of a form. */
export interface FormFile {
  readonly name: string;
  readonly type: string | undefined;
  readonly body: ReadableStream<Bytes>;
}

function malformed(): ServiceFault {
  const message = "The body of your POST request is not well-formed multipart/form-data.";
  return new ServiceFault(400, "MalformedPOSTRequest", message);
}

/** Where a pattern starts, or -1. */
function indexOf(bytes: Uint8Array, pattern: Uint8Array): number {
  const [first = 0] = pattern;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + pattern.length > bytes.length) return -1;
    if (pattern.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

/** Bytes of a stream, looked at before they are taken. */
class Lookahead {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #buffer: Bytes = new Uint8Array(0);

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Adds what comes next; false at the end. */
  async more(): Promise<boolean> {
    const { done, value } = await this.#reader.read().catch((cause: unknown) => {
      throw new ConnectionLost(cause);
    });
    if (done) return false;
    const joined = new Uint8Array(this.#buffer.length + value.length);
    joined.set(this.#buffer);
    joined.set(value, this.#buffer.length);
    this.#buffer = joined;
    return true;
  }

  /** Takes everything before the pattern, and drops the pattern. */
  async until(pattern: Bytes): Promise<Bytes> {
    for (;;) {
      const at = indexOf(this.#buffer, pattern);
      if (at >= 0) {
        const taken = this.#take(at);
        this.#take(pattern.length);
        return taken;
      }
      if (this.#buffer.length > MAX_FIELD || !(await this.more())) throw malformed();
    }
  }

  /** Takes what surely lies before the pattern; `undefined` when the pattern is next, and then it is dropped. */
  async before(pattern: Bytes): Promise<Bytes | undefined> {
    for (;;) {
      const at = indexOf(this.#buffer, pattern);
      if (at === 0) {
        this.#take(pattern.length);
        return undefined;
      }
      const sure = at > 0 ? at : this.#buffer.length - pattern.length + 1;
      if (sure > 0) return this.#take(sure);
      if (!(await this.more())) throw malformed();
    }
  }

  #take(count: number): Bytes {
    const taken = this.#buffer.slice(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return taken;
  }
}

/** The value of a parameter of Content-Disposition; browsers escape quotes and line breaks. */
function parameterOf(disposition: string, name: string): string | undefined {
  const [, value] = new RegExp(`[;\\s]${name}="([^"]*)"`, "i").exec(disposition) ?? [];
  return value?.replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/**
 * Reads a form up to its file.
 * @param body the request's body
 * @param contentType the request's type, with the boundary
 * @throws ServiceFault MalformedPOSTRequest
 */
export async function readForm(body: ReadableStream<Uint8Array>, contentType: string): Promise<Form> {
  const [, quoted, plain] = /^multipart\/form-data\s*;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  const source = new Lookahead(body);
  const [line, blank] = [encodeUtf8("\r\n"), encodeUtf8("\r\n\r\n")];
  const delimiter = encodeUtf8(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  await source.until(encodeUtf8(`--${boundary}`));
  // What follows a boundary is a line break, or two dashes at the end of the form.
  while (latin1(await source.until(line)).trim() === "") {
    const headers = fromBinary(latin1(await source.until(blank)));
    const name = parameterOf(headers, "name")?.toLowerCase();
    if (name === undefined) throw malformed();
    if (name !== "file") {
      fields.set(name, fromBinary(latin1(await source.until(delimiter))));
      continue;
    }
    const [, type] = /^content-type:\s*(.+?)\s*$/im.exec(headers) ?? [];
    return {
      fields,
      file: { name: parameterOf(headers, "filename") ?? "", type, body: fileStream(source, delimiter) },
    };
  }
  return { fields, file: undefined };
}

function fileStream(source: Lookahead, delimiter: Bytes): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const chunk = await source.before(delimiter);
        if (chunk !== undefined) {
          controller.enqueue(chunk);
          return;
        }
        controller.close();
        // Whatever follows the file is not looked at, but it must be taken off the connection.
        while (await source.more());
      },
    },
    { highWaterMark: 0 },
  );
}
