/** Calls on the service and on configurations of buckets have no CORS: in a page they fail, and say why. */
import { createClient, NetworkError, type Operation } from "../../src/mod.ts";
import * as catalogue from "../../src/operations/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { MINIMAL_INPUTS } from "./support/minimal_inputs.ts";
import { failureOf } from "./support/world.ts";

const { account, region, bucket } = environment;

/** Calls on a bucket that rules of the bucket open to pages. */
const OPEN = /^(listObjects|listObjectsV2|listObjectVersions|listMultipartUploads|deleteMultipleObjects)$/;

type AnyOperation = Operation<object, unknown>;

/** Every row of the catalogue; what each takes is the business of its own tests. */
function rows(): [string, AnyOperation][] {
  return Object.entries(catalogue).flatMap(([name, value]): [string, AnyOperation][] =>
    typeof value === "function" && "operationName" in value ? [[name, value as unknown as AnyOperation]] : [],
  );
}

/** Whether a row is about an object: it asks for the key before anything else. */
function wantsKey(row: AnyOperation): boolean {
  try {
    return row.toRequest({}).key !== undefined;
  } catch (error) {
    return error instanceof TypeError && /^key must be/.test(error.message);
  }
}

const closed = rows().filter(([name, row]) => !OPEN.test(name) && !wantsKey(row));

test("page: every call on the service or a bucket's configuration has its minimal input", () => {
  const names = closed.map(([name]) => name);
  assert.includeMembers(names, ["listBuckets", "putBucket", "getBucketAcl", "putBucketCors"]);
  assert.sameMembers(Object.keys(MINIMAL_INPUTS), names, "support/minimal_inputs.ts");
});

for (const [name, row] of closed.filter(([name]) => name in MINIMAL_INPUTS)) {
  test(`page: ${name} says that pages get no answer`, async () => {
    const rule = {
      allowedOrigins: ["*"],
      allowedMethods: ["GET", "PUT", "POST", "DELETE", "HEAD"],
      allowedHeaders: ["*"],
    };
    const buckets = [{ name: bucket, cors: { rules: [rule] } }];
    const oss = createTestOSS({ region, accounts: [account], buckets });
    const fetch = oss.page("https://app.example.com");
    const client = createClient({ region, bucket, credentials: account, fetch, retry: { attempts: 1 } });
    const error = await failureOf(row(client, Reflect.get(MINIMAL_INPUTS, name)));
    assert.instanceOf(error, NetworkError);
    assert.include(String(error), row.operationName);
    assert.match(String(error), /A page is not answered on service and bucket configuration calls/);
    // Nothing but the question got through.
    assert.deepEqual(
      oss.requests.map(({ method, status }) => ({ method, status })),
      [{ method: "OPTIONS", status: 403 }],
    );
  });
}
