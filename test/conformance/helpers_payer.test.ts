/** Helpers that send several requests: whoever pays for one of them pays for all. */
import {
  bucketExists,
  type Client,
  copy,
  copyPrefix,
  deleteObjects,
  deletePrefix,
  folderSize,
  move,
  objectExists,
  pipe,
  putMeta,
  putObject,
} from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { world } from "./support/world.ts";

const requestPayer = "requester";

const HELPERS: readonly (readonly [name: string, requests: number, call: (client: Client) => Promise<unknown>])[] = [
  ["objectExists", 1, (client) => objectExists(client, { key: "a/1", requestPayer })],
  ["bucketExists", 1, (client) => bucketExists(client, { requestPayer })],
  ["folderSize", 1, (client) => folderSize(client, { prefix: "a/", requestPayer })],
  ["putMeta", 3, (client) => putMeta(client, { key: "a/1", cacheControl: "no-cache", requestPayer })],
  ["copy", 2, (client) => copy(client, { key: "a/3", sourceKey: "a/1", requestPayer })],
  ["pipe", 2, (client) => pipe(client, { key: "a/3", sourceKey: "a/1", requestPayer }, [])],
  ["move", 5, (client) => move(client, { sourceKey: "a/1", key: "a/2", requestPayer })],
  [
    "copyPrefix",
    5,
    async (client) => {
      // Of the same size and another ETag: then the CRC-64s are asked for.
      await putObject(client, { key: "b/2", body: "x".repeat(5), requestPayer });
      const input = { sourcePrefix: "a/", prefix: "b/", requestPayer } as const;
      await copyPrefix(client, input, { skipExisting: true });
    },
  ],
  ["deleteObjects", 1, (client) => deleteObjects(client, { objects: ["a/2"], requestPayer })],
  ["deletePrefix", 2, (client) => deletePrefix(client, { prefix: "b/", requestPayer })],
  ["deletePrefix", 2, (client) => deletePrefix(client, { prefix: "c/", requestPayer }, { versions: true })],
];

test("helpers: each of their requests says who pays", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a/1", body: "hello" });
  await putObject(client, { key: "c/1", body: "hello" });
  for (const [name, least, call] of HELPERS) {
    const { length } = wire.sent;
    await call(client);
    const sent = wire.sent.slice(length);
    assert.isAtLeast(sent.length, least, name);
    for (const { method, url, headers } of sent) {
      assert.equal(headers.get("x-oss-request-payer"), "requester", `${name}: ${method} ${url}`);
    }
  }
});
