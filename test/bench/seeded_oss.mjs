/**
 * An in-process OSS that begins with any number of objects, the same for the same seed. It needs the build (`dist/`).
 */
import { createTestOSS } from "../../dist/testing/mod.js";
import { nodeMd5 } from "../../dist/testing/node/mod.js";

export const BUCKET = "million";

/** Folders that the objects are spread over: a list with delimiter has this many prefixes, however many objects. */
export const FOLDERS = 1000;

/** Bytes of each object. */
export const SIZE = 5;

/** A stream of 32-bit numbers (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** What a store would remember of an earlier run: a bucket and its objects, in no order. */
function remembered(count, seed, owner) {
  const next = random(seed);
  const now = Date.UTC(2026, 0, 1);
  const bucket = { name: BUCKET, region: "cn-hangzhou", owner, created: now, acl: "private" };
  const changes = [{ path: ["bucket", BUCKET], value: { ...bucket, storageClass: "Standard", redundancy: "LRS" } }];
  const same = {
    ...{ content: [["hello", SIZE, 0, SIZE]], etag: '"5D41402ABC4B2A76B9719D911017C592"', crc64: "0", modified: now },
    ...{ type: "Normal", storageClass: "Standard", acl: "default", headers: {} },
  };
  for (let at = 0; at < count; at++) {
    const folder = String(at % FOLDERS).padStart(4, "0");
    const key = `folder-${folder}/${next().toString(16).padStart(8, "0")}-${at}.jpg`;
    changes.push({ path: ["object", BUCKET, key], value: { ...same, key } });
  }
  return changes;
}

/** Makes the OSS. */
export function seededOSS(count, seed) {
  const account = { accessKeyId: "LTAIbench", accessKeySecret: "bench-secret", id: "1000" };
  const piece = {
    id: "hello",
    size: SIZE,
    read: (position, length) => new TextEncoder().encode("hello").slice(position, position + length),
    remove() {},
  };
  const store = {
    create() {
      throw new Error("Nothing is written here");
    },
    open: () => piece,
    load: () => remembered(count, seed, account.id),
  };
  return createTestOSS({ accounts: [account], store, md5: nodeMd5 });
}
