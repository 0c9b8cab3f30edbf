/** Parts of an upload as a service may have them, whoever sent them, and the pages that it lists them in. */
import { listParts } from "../../src/operations/object/list_multipart.ts";
import { uploadPart } from "../../src/operations/object/multipart.ts";
import type { TestOSSOptions } from "../../src/testing/options.ts";
import { assert, fc, test } from "../harness.ts";
import { pattern } from "../unit/streams/support.ts";
import { BUCKET, createWorld, type Seen, type World } from "./upload_support.ts";

/** Bytes of a part: as few as keep thousands of them cheap. */
export const PIECE = 7;

/** A part at the service: none, as it was sent, of other bytes, shorter, or longer. */
export type Kind = "none" | "right" | "other" | "short" | "long";

/** A service that takes such parts, from anybody: signatures of thousands of them would take seconds. */
export const serviceOf = (noSums: boolean): TestOSSOptions => ({
  buckets: [{ name: BUCKET, acl: "public-read-write" }],
  lenient: noSums ? ["part-size", "no-crc"] : ["part-size"],
});

/** What a service has. */
export interface Remote {
  /** How many parts the plan has. */
  readonly count: number;
  /** What the service has of part 1 and so on; those behind the plan's are foreign. */
  readonly kinds: readonly Kind[];
  /** So many parts are on a page of their list. */
  readonly page: number;
}

const kind = fc.constantFrom<Kind>("none", "right", "right", "right", "other", "short", "long");
const FEW = 5;
const MOST = 1003;

/** A handful, listed in pages as small as they can be. */
const few: fc.Arbitrary<Remote> = fc.record({
  count: fc.constant(FEW),
  kinds: fc.array(kind, { minLength: FEW + 2, maxLength: FEW + 2 }),
  page: fc.constantFrom(1, 2, 3, 1000),
});

/** More than the service lists in one page; exceptions stand anywhere, and often where the first page ends. */
const many: fc.Arbitrary<Remote> = fc
  .record({
    count: fc.constantFrom(MOST, MOST, FEW),
    exceptions: fc.array(fc.tuple(fc.oneof(fc.nat(MOST + 1), fc.integer({ min: 997, max: MOST + 1 })), kind), {
      minLength: 1,
      maxLength: 6,
    }),
  })
  .map(({ count, exceptions }) => {
    const kinds = Array<Kind>(MOST + 2).fill("right");
    for (const [at, kind] of exceptions) kinds[at] = kind;
    return { count, kinds, page: 1000 };
  });

/**
 * Goes on from whatever a service has, after whatever has happened.
 * @param name of the transfer, and what may have changed
 * @param change that may have happened
 * @param goesOn goes on, and finds the right object or the right error
 * @param runs with a handful of parts
 */
export function leadsToTheRight<T>(
  name: { readonly transfer: string; readonly changed: string },
  change: fc.Arbitrary<T>,
  goesOn: (remote: Remote, change: T) => Promise<void>,
  runs: number,
): void {
  const { transfer, changed } = name;
  const within = { timeout: 60_000 };
  test(
    `${transfer}: any parts at the service and any change of the ${changed} lead to the right object or the right error`,
    within,
    async () => {
      await fc.assert(fc.asyncProperty(few, change, goesOn), { numRuns: runs });
    },
  );
  test(`${transfer}: so they do where there are more than a page of parts`, within, async () => {
    await fc.assert(fc.asyncProperty(many, change, goesOn), { numRuns: 3, endOnFailure: true });
  });
}

/** The bytes that the parts of a plan have together. */
export const wholeOf = ({ count }: Remote): Uint8Array<ArrayBuffer> => pattern((count - 1) * PIECE + 3);

function bytesOf(whole: Uint8Array<ArrayBuffer>, number: number, kind: Kind): Uint8Array<ArrayBuffer> {
  const right = whole.slice((number - 1) * PIECE, number * PIECE);
  const bytes = right.length ? right : pattern(PIECE);
  if (kind === "other") return bytes.map((byte) => byte ^ 1);
  if (kind === "short") return bytes.slice(1);
  return kind === "long" ? pattern(bytes.length + 1) : bytes;
}

/**
 * Puts the parts where an upload of a key is open, and has the service list them in such pages.
 * @returns what the service has: number, ETag and length of each
 */
export async function putParts(
  world: World,
  upload: { readonly key: string; readonly uploadId: string },
  { count, kinds, page }: Remote,
): Promise<() => Promise<unknown[]>> {
  const quiet = createWorld({}, {}, world.oss).client;
  const anybody = createWorld({ credentials: "anonymous" }, {}, world.oss).client;
  const whole = wholeOf({ count, kinds, page });
  for (let first = 1; first <= kinds.length; first += 50)
    await Promise.all(
      kinds.slice(first - 1, first + 49).map(async (kind, at) => {
        const partNumber = first + at;
        if (kind !== "none")
          await uploadPart(anybody, { ...upload, partNumber, body: bytesOf(whole, partNumber, kind) });
      }),
    );
  world.onRequest = (seen, forward) => {
    if (seen.kind !== "list" || page === 1000) return forward();
    // What was signed cannot be changed: another client asks.
    const query = {
      uploadId: upload.uploadId,
      "max-parts": page,
      "part-number-marker": seen.query.get("part-number-marker") ?? "",
    };
    return quiet.send({ method: "GET", bucket: BUCKET, key: upload.key, query });
  };
  return async () => {
    const listed: unknown[] = [];
    let marker: number | undefined;
    do {
      const { parts, isTruncated, nextPartNumberMarker } = await listParts(quiet, {
        ...upload,
        partNumberMarker: marker,
      });
      for (const { partNumber, etag, size } of parts) listed.push([partNumber, etag, size]);
      marker = isTruncated ? nextPartNumberMarker : undefined;
    } while (marker !== undefined);
    return listed;
  };
}

/** Numbers of those of the plan's parts that have the right size, whatever their bytes. */
export const heldOf = ({ count, kinds }: Remote): number[] =>
  kinds.flatMap((kind, at) => (at < count && (kind === "right" || kind === "other") ? [at + 1] : []));

/** Whatever has seen requests. */
interface Sent {
  readonly requests: readonly Seen[];
}

/** Were the parts listed to their end, in pages of this size? */
export function assertPaged({ requests }: Sent, { kinds, page }: Remote): void {
  const parts = kinds.filter((kind) => kind !== "none").length;
  const lists = requests.filter(({ kind }) => kind === "list").length;
  // Where the service tells no sums, what was sent is looked at in the end, too.
  assert.isAtLeast(lists, Math.max(1, Math.ceil(parts / page)));
}

/** Numbers of the parts that were sent or copied, in order. */
export const sentParts = ({ requests }: Sent): number[] =>
  requests.flatMap(({ kind, part }) => (kind === "part" ? [part] : [])).sort((a, b) => a - b);

/** Numbers 1 to `count` without some. */
export const without = (count: number, some: ReadonlySet<number>): number[] =>
  Array.from({ length: count }, (_, at) => at + 1).filter((number) => !some.has(number));
