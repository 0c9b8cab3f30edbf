/**
 * oss-fetch beside the official clients: driven by the same inputs, with the same clock, keys, region, endpoint style
 * and signature version, it sends what they sent, but for differences that are declared one by one.
 */
import { putObject } from "../../src/mod.ts";
import { verifyPolicy } from "../../src/testing/verify.ts";
import { assert, test } from "../harness.ts";
import { BUCKETS, CONFIGURATIONS, LISTS } from "./parity/calls_bucket.ts";
import { type Calls, MULTIPART, PUTS, READS, WRITES } from "./parity/calls_object.ts";
import { PRESIGNED } from "./parity/calls_presign.ts";
import { type Comparison, compare } from "./parity/compare.ts";
import { HEADERS, QUERY } from "./parity/differences.ts";
import { clientLike, drive, located, presignedBy, sentBy } from "./parity/drive.ts";
import { postedForm, recordedForm, signatureIn } from "./parity/forms.ts";
import { type Recorded, recordedRequests, recordedResults, TOKEN } from "./parity/recorded.ts";
import { checkedAs, refusalOf } from "./parity/verified.ts";

const CALLS: Calls = { ...BUCKETS, ...CONFIGURATIONS, ...LISTS, ...PUTS, ...READS, ...WRITES, ...MULTIPART };

/** What oss-fetch refuses to send, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  "put-meta-utf8": "fetch sends header values as Latin-1: what is beyond ASCII has to be escaped by the caller",
  "put-meta-utf8-latin1": "the same, the bytes of UTF-8 given as Latin-1",
};

/** Requests by recording; the two that Python v2 signed wrongly are not among them. */
const COUNTS: Readonly<Record<string, number>> = {
  "ali-oss-v1": 88,
  "ali-oss-v4": 89,
  "ali-oss-v4-path": 89,
  "ali-oss-v4-sts": 89,
  "aliyun-sdk-v1": 16,
  "go-v2-v1": 90,
  "go-v2-v4-sts": 90,
  "oss2-v1-sts": 81,
  "oss2-v4": 82,
  "python-v2-v1": 86,
  "python-v2-v4": 88,
};

const recorded = recordedRequests();
const results = recordedResults();

interface Compared extends Comparison {
  readonly theirs: Recorded;
  readonly refusal: string | undefined;
}

async function compareAll(): Promise<Compared[]> {
  const found: Compared[] = [];
  for (const theirs of recorded) {
    const [call, send] = [CALLS[theirs.op], PRESIGNED[theirs.op]];
    const ours = call ? await sentBy(call(theirs), theirs) : send && (await presignedBy(send(theirs), theirs));
    if (ours) found.push({ theirs, ...compare(ours, theirs), refusal: await refusalOf(ours, theirs) });
  }
  return found;
}

let all: Promise<Compared[]> | undefined;
const compared = (): Promise<Compared[]> => (all ??= compareAll());

test("parity: every recorded operation is driven, or stands in a list of exceptions", () => {
  const listed = [CALLS, PRESIGNED, REFUSED].flatMap((table) => Object.keys(table));
  const ops = [...new Set(recorded.map(({ op }) => op))];
  assert.lengthOf(ops, 100);
  assert.sameMembers([...listed, "post-policy"], ops);
});

test("parity: equal in method, path, query and body, and with the declared differences in headers and signature", async () => {
  const counts: Record<string, number> = {};
  for (const { file, op } of recorded)
    if (op in REFUSED || op === "post-policy") counts[file] = (counts[file] ?? 0) + 1;
  const faults = (await compared()).flatMap(({ theirs: { file, op }, faults }) => {
    counts[file] = (counts[file] ?? 0) + 1;
    return faults.map((fault) => `${file} ${op}: ${fault}`);
  });
  assert.deepEqual(faults.slice(0, 20), [], `${faults.length} differences that nothing explains`);
  assert.deepEqual(counts, COUNTS);
});

test("parity: every declared difference is one", async () => {
  const used = new Set((await compared()).flatMap((one) => one.used));
  assert.deepEqual(
    [...HEADERS, ...QUERY].filter((row) => !used.has(row)),
    [],
  );
});

test("parity: for every operation at least one official client sends what we send", async () => {
  const exact = new Set((await compared()).filter((one) => one.exact).map(({ theirs }) => theirs.op));
  const never = [...Object.keys(CALLS), ...Object.keys(PRESIGNED)].filter((op) => !exact.has(op));
  assert.deepEqual(never, []);
});

test("parity: the in-process OSS accepts each of our signatures", async () => {
  const refused = (await compared()).filter(({ refusal }) => refusal !== undefined);
  assert.deepEqual(
    refused.map(({ theirs, refusal }) => `${theirs.file} ${theirs.op}: ${refusal}`),
    [],
  );
});

test("parity: every URL that a client returned is among the requests that are compared", () => {
  let count = 0;
  for (const theirs of recorded) {
    const { url } = results[theirs.file]?.[theirs.op] ?? {};
    if (url === undefined) continue;
    const { host, path, query } = located(url, theirs.pathStyle);
    assert.deepEqual([host, path, [...query]], [theirs.headers.get("host"), theirs.path, [...theirs.query]], theirs.op);
    assert.property(PRESIGNED, theirs.op);
    count += 1;
  }
  // But one, which Python v2 signed wrongly.
  const urls = Object.values(results).flatMap((one) => Object.values(one).filter(({ url }) => url !== undefined));
  assert.equal(count, urls.length - 1);
});

test("parity: the headers to send with a URL are those that official clients name", async () => {
  let count = 0;
  for (const theirs of recorded) {
    const { signedHeaders } = results[theirs.file]?.[theirs.op] ?? {};
    const call = PRESIGNED[theirs.op];
    if (!call || signedHeaders === undefined) continue;
    const ours = await call(theirs).presign(clientLike(theirs, () => Promise.reject(new Error("sends nothing"))));
    const named = Object.entries(signedHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    assert.deepEqual(ours.signedHeaders, Object.fromEntries(named), `${theirs.file} ${theirs.op}`);
    count += 1;
  }
  assert.equal(count, 45);
});

test("parity: what fetch cannot carry is refused by name, as half of the official clients do", async () => {
  const [mode] = recorded;
  assert.isDefined(mode);
  const client = clientLike(mode as Recorded, () => Promise.reject(new Error("sent")));
  for (const name of ["\u4e2d\u6587", "\u00e4"]) {
    const call = drive(putObject, { key: "hello.txt", body: "x", metadata: { name } });
    const error: unknown = await call.send(client).catch((caught: unknown) => caught);
    assert.instanceOf(error, TypeError);
    assert.include(String(error), "metadata");
  }
  const refusing = Object.values(results).filter((results) => results["put-meta-utf8"]?.error);
  assert.lengthOf(refusing, 6);
});

test("parity: forms hold the fields, conditions and signatures that ali-oss gave them", async () => {
  const posts = recorded.filter(({ op }) => op === "post-policy");
  assert.lengthOf(posts, 4);
  for (const theirs of posts) {
    const [ours, other] = [await postedForm(theirs), recordedForm(theirs)];
    assert.sameMembers([...ours.names], [...other.names], theirs.file);
    for (const one of [ours, other]) {
      assert.equal(one.names.at(-1), "file");
      assert.equal(signatureIn(one), one.signature, theirs.file);
    }
    assert.equal(ours.path, other.path);
    assert.equal(ours.expiration, other.expiration);
    // Documented as a condition that temporary keys need; ali-oss sends the field without it.
    const token = JSON.stringify(["eq", "x-oss-security-token", TOKEN]);
    assert.deepEqual(
      ours.conditions.filter((condition) => condition !== token),
      other.conditions,
    );
    assert.equal(ours.conditions.includes(token), theirs.sts);
    const { fields } = ours;
    const posted = { fields: new Map(fields), bucket: "demo-bucket", key: "user/post.txt", size: 8 };
    assert.isDefined(await verifyPolicy(posted, checkedAs(theirs)));
    for (const name of ["key", "file", "x-oss-credential", "x-oss-date", "OSSAccessKeyId", "x-oss-security-token"])
      assert.equal(fields.get(name), other.fields.get(name), name);
  }
});
