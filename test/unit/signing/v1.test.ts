import type { SigningInput } from "../../../src/signing/canonical.ts";
import { isSubResource } from "../../../src/signing/sub_resources.ts";
import { presignV1, signV1, stringToSignV1 } from "../../../src/signing/v1.ts";
import { assert, test } from "../../harness.ts";
import { atOnce, makeContext, notingHash } from "./support.ts";

const get: SigningInput = { method: "GET", bucket: "b", key: "k", query: [], headers: {} };

test("a V1 signature with a synchronous hash is no promise; its date line is x-oss-date", () => {
  const notes = notingHash();
  const headers = { "x-oss-date": "stale" };
  const signed = atOnce(signV1({ ...get, headers }, makeContext({ hash: notes.hash })));
  assert.sameMembers(Object.keys(signed), ["x-oss-date", "authorization"]);
  const date = "Sat, 15 Jun 2024 08:09:10 GMT";
  assert.deepEqual(notes.texts, [`GET\n\n\n${date}\nx-oss-date:${date}\n/b/k`]);
  assert.lengthOf(atOnce(presignV1(get, makeContext(), 1_718_438_950)), 3);
});

test("keys that start with ? are refused: they would sign like a sub-resource of the bucket", () => {
  for (const sign of [
    () => signV1({ ...get, key: "?acl" }, makeContext()),
    () => presignV1({ ...get, key: "?acl" }, makeContext(), 1_718_438_950),
  ]) {
    assert.throws(sign, TypeError, /key "\?acl" with signature V1/);
  }
  assert.doesNotThrow(() => signV1({ ...get, key: "a?acl" }, makeContext()));
});

test("expiresAt must be whole seconds", () => {
  for (const expiresAt of [1.5, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => presignV1(get, makeContext(), expiresAt), RangeError, `expiresAt is ${expiresAt}`);
});

test("sub-resources are signed decoded and sorted by name, other parameters are not signed", () => {
  const query: [string, string | null][] = [
    ["x-oss-later-feature", "ü &"],
    ["prefix", "p"],
    ["uploads", ""],
    ["uploadId", "A+/="],
    ["acl", null],
    ["constructor", "1"],
  ];
  const text = stringToSignV1({ ...get, query }, "0");
  assert.equal(text.split("\n").at(-1), "/b/k?acl&uploadId=A+/=&uploads&x-oss-later-feature=ü &");
});

test("the union of what official clients sign is known", () => {
  const some = "acl bucketInfo security-token callback-var symlink cleanRestoredObject regions referer rtc style seal";
  const late = "x-oss-write-get-object-response objectWorm vod asyncFetch qosRequester resourcePoolInfo x-oss-new";
  for (const name of `${some} ${late}`.split(" ")) assert.isTrue(isSubResource(name), name);
  for (const name of ["prefix", "max-keys", "", "ACL", "acl append", "Expires", "list-type", "oss-x"])
    assert.isFalse(isSubResource(name), name);
});

test("a V1 URL replaces the parameters of an earlier signature, also a token", () => {
  const credentials = { accessKeyId: "STS.ak", accessKeySecret: "sk", securityToken: "t" };
  const first = atOnce(presignV1({ ...get, query: [["versionId", "v"]] }, makeContext({ credentials }), 1_718_438_950));
  assert.deepEqual(
    first.map(([name]) => name),
    ["versionId", "Expires", "OSSAccessKeyId", "security-token", "Signature"],
  );
  const second = presignV1({ ...get, query: first }, makeContext(), 1_718_438_950);
  assert.deepEqual(second, presignV1({ ...get, query: [["versionId", "v"]] }, makeContext(), 1_718_438_950));
});
