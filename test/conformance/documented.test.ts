/**
 * Facts of the service's documentation, transcribed with the page that states them, against the in-process OSS.
 */
import { assert, test } from "../harness.ts";
import append from "./documented/append.json";
import bucket from "./documented/bucket.json";
import bucketConfiguration from "./documented/bucket_configuration.json";
import callback from "./documented/callback.json";
import callbackRules from "./documented/callback_rules.json";
import cors from "./documented/cors.json";
import deleteMany from "./documented/delete_many.json";
import domainsAndStyles from "./documented/domains_and_styles.json";
import lifecycle from "./documented/lifecycle.json";
import liveChannel from "./documented/live_channel.json";
import logging from "./documented/logging.json";
import missing from "./documented/missing.json";
import multipart from "./documented/multipart.json";
import object from "./documented/object.json";
import payer from "./documented/payer.json";
import playlist from "./documented/playlist.json";
import postCondition from "./documented/post_condition.json";
import postObject from "./documented/post_object.json";
import process from "./documented/process.json";
import protection from "./documented/protection.json";
import read from "./documented/read.json";
import referer from "./documented/referer.json";
import refused from "./documented/refused.json";
import restore from "./documented/restore.json";
import select from "./documented/select.json";
import sts from "./documented/sts.json";
import symlink from "./documented/symlink.json";
import tagging from "./documented/tagging.json";
import v1 from "./documented/v1.json";
import v4 from "./documented/v4.json";
import v4Url from "./documented/v4_url.json";
import versions from "./documented/versions.json";
import { Documented, type Reply, type Step } from "./documented_driver.ts";

interface Expected {
  readonly status: number;
  readonly code?: string | undefined;
  /** The fine-grained error number. */
  readonly ec?: string | undefined;
  /** By lower-case name: the value, `true` for any, `false` for none. */
  readonly headers?: Readonly<Record<string, string | boolean | undefined>> | undefined;
  /** Pieces of the body. */
  readonly contains?: readonly string[] | undefined;
  readonly length?: number | undefined;
}

interface Fact {
  readonly fact: string;
  /** Where the service says so. */
  readonly page: string;
  readonly before?: readonly Step[] | undefined;
  readonly request: Step;
  readonly expect: Expected;
}

const FACTS: Readonly<Record<string, readonly Fact[]>> = {
  append,
  bucket,
  bucketConfiguration,
  callback,
  cors,
  deleteMany,
  domainsAndStyles,
  liveChannel,
  lifecycle,
  logging,
  referer,
  callbackRules,
  playlist,
  missing,
  multipart,
  object,
  payer,
  postCondition,
  postObject,
  process,
  protection,
  read,
  refused,
  restore,
  select,
  sts,
  symlink,
  tagging,
  v1,
  v4,
  v4Url,
  versions,
};

function check({ status, headers, body }: Reply, expect: Expected): void {
  const said = `${status} ${body}`;
  assert.equal(status, expect.status, said);
  assert.isNotEmpty(headers["x-oss-request-id"], "every answer has a request id");
  if (expect.code !== undefined) assert.include(body, `<Code>${expect.code}</Code>`);
  if (expect.ec !== undefined) {
    assert.equal(headers["x-oss-ec"], expect.ec, said);
    assert.include(body, `<EC>${expect.ec}</EC>`);
  }
  for (const [name, value] of Object.entries(expect.headers ?? {})) {
    if (typeof value === "boolean") assert.equal(headers[name] !== undefined, value, name);
    else assert.equal(headers[name], value, name);
  }
  for (const piece of expect.contains ?? []) assert.include(body, piece);
  if (expect.length !== undefined) assert.lengthOf(body, expect.length);
}

for (const [topic, facts] of Object.entries(FACTS)) {
  for (const { fact, before = [], request, expect } of facts) {
    test(`${topic}: ${fact}`, async () => {
      const service = new Documented();
      for (const step of before) {
        const { status, body } = await service.send(step);
        assert.isBelow(status, 300, `${step.method} ${step.key}: ${body}`);
      }
      check(await service.send(request), expect);
    });
  }
}

test("at least 100 facts, each with its own sentence and a page of the service's help", () => {
  const all = Object.values(FACTS).flat();
  assert.isAtLeast(all.length, 100);
  assert.equal(new Set(all.map(({ fact }) => fact)).size, all.length);
  for (const { fact, page } of all)
    assert.match(page, /^https:\/\/(help\.aliyun\.com|www\.alibabacloud\.com\/help)\//, fact);
});
