/** The three styles of addresses, each with a whole round of calls. */
import {
  type ClientOptions,
  copyObject,
  deleteObject,
  getObject,
  headObject,
  listObjectsV2,
  presign,
  putObject,
} from "../../../src/mod.ts";
import type { TestOSSOptions } from "../../../src/testing/mod.ts";
import { assert, environment, test } from "../../harness.ts";
import { VERSIONS, world } from "../support/world.ts";

const { bucket } = environment;

interface Style {
  readonly client: Partial<ClientOptions>;
  readonly service?: TestOSSOptions;
  readonly base: string;
}

const STYLES: Readonly<Record<string, Style>> = {
  "virtual-host": { client: {}, base: `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/` },
  internal: { client: { internal: true }, base: `https://${bucket}.oss-cn-hangzhou-internal.aliyuncs.com/` },
  accelerated: { client: { accelerate: true }, base: `https://${bucket}.oss-accelerate.aliyuncs.com/` },
  overseas: { client: { accelerate: "overseas" }, base: `https://${bucket}.oss-accelerate-overseas.aliyuncs.com/` },
  "dual-stack": { client: { dualStack: true }, base: `https://${bucket}.cn-hangzhou.oss.aliyuncs.com/` },
  "region by endpoint": {
    client: { region: undefined, endpoint: "http://oss-cn-hangzhou.aliyuncs.com" },
    base: `http://${bucket}.oss-cn-hangzhou.aliyuncs.com/`,
  },
  "region with oss-": {
    client: { region: "oss-cn-hangzhou" },
    base: `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/`,
  },
  cname: {
    client: { endpoint: "https://img.example.com", cname: true },
    service: { cnames: { "img.example.com": bucket } },
    base: "https://img.example.com/",
  },
  "path on an IP": { client: { endpoint: "http://127.0.0.1:9000" }, base: `http://127.0.0.1:9000/${bucket}/` },
  "path on IPv6": { client: { endpoint: "http://[::1]:9000" }, base: `http://[::1]:9000/${bucket}/` },
  "path on localhost": { client: { endpoint: "http://localhost:9000" }, base: `http://localhost:9000/${bucket}/` },
  "path on an emulator": {
    client: { endpoint: "http://emulator:9000", pathStyle: true },
    service: { lenient: ["path-style"] },
    base: `http://emulator:9000/${bucket}/`,
  },
  "virtual-host on an own domain": {
    client: { endpoint: "https://oss.example.com:8443" },
    base: `https://${bucket}.oss.example.com:8443/`,
  },
};

for (const [name, { client: options, service, base }] of Object.entries(STYLES)) {
  for (const signatureVersion of VERSIONS) {
    test(`a round of calls, ${name} (${signatureVersion})`, async (t) => {
      const { client, oss, wire } = world(t, { client: { ...options, signatureVersion }, service });
      const key = "a b/\uFF5E+%.txt";
      await putObject(client, { key, body: "hello" });
      assert.equal(await (await getObject(client, { key })).text(), "hello");
      await copyObject(client, { key: "copy", copySource: { bucket, key } });
      assert.equal((await headObject(client, { key: "copy" })).contentLength, 5);
      assert.deepEqual(
        (await listObjectsV2(client, {})).objects.map((object) => object.key),
        [key, "copy"],
      );
      const { url } = await presign(client, getObject, { key }, { expiresIn: 60 });
      assert.isTrue(url.startsWith(`${base}a%20b/%EF%BD%9E%2B%25.txt?`), url);
      assert.equal(await (await oss.fetch(url)).text(), "hello");
      assert.equal((await deleteObject(client, { key })).status, 204);
      for (const { url } of wire.sent) assert.isTrue(url.href.startsWith(base), url.href);
      assert.deepEqual(new Set(oss.requests.map((request) => request.bucket)), new Set([bucket]));
    });
  }
}
