/** Calls without a service: what is sent for an input, and what is made of an answer. */
import { createClient, type Operation } from "../../../src/mod.ts";
import type { Client } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";

/** One request, complete: nothing else may be sent. */
export interface Expected {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const NOBODY = { region: "cn-hangzhou", bucket: "photos", credentials: "anonymous", retry: { attempts: 1 } } as const;

/** A client whose every request gets the same answer. */
export function answering(answer: () => Response): Client {
  return createClient({ ...NOBODY, fetch: async () => answer() });
}

/** Declares that a call with this input sends exactly this request. */
export function sends<I extends object, O>(
  operation: Operation<I, O>,
  title: string,
  input: I,
  expected: Expected,
): void {
  test(`${operation.operationName} sends ${title}`, async () => {
    let sent: Expected | undefined;
    const client = createClient({
      ...NOBODY,
      async fetch(url, init) {
        const headers = Object.fromEntries(new Headers(init.headers));
        // Servers ask for uncompressed answers; pages cannot.
        delete headers["accept-encoding"];
        const body = init.body == null ? {} : { body: await new Response(init.body).text() };
        sent = { method: init.method ?? "", url, headers, ...body };
        return new Response("<Error><Code>Canned</Code></Error>", { status: 400 });
      },
    });
    const error = await operation(client, input).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    assert.propertyVal(error, "code", "Canned");
    assert.deepEqual(sent, { headers: {}, ...expected });
  });
}

/** Declares that this answer becomes this result, `status`, `requestId` and `headers` aside. */
export function reads<I extends object, O extends object>(
  operation: Operation<I, O>,
  input: I,
  answer: { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  expected: Omit<O, "status" | "requestId" | "headers">,
): void {
  test(`${operation.operationName} reads every field of its answer`, async () => {
    const { status = 200, body = null } = answer;
    const headers = { ...answer.headers, "x-oss-request-id": "5C3D9175B6FC201293AD4890" };
    const result = await operation(
      answering(() => new Response(body, { status, headers })),
      input,
    );
    const { status: found, requestId, headers: all, ...rest } = { status: 0, requestId: "", headers: null, ...result };
    assert.equal(found, status);
    assert.equal(requestId, "5C3D9175B6FC201293AD4890");
    assert.instanceOf(all, Headers);
    assert.deepEqual(rest, expected);
  });
}
