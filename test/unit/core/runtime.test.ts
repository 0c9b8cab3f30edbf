/** What is found out of the runtime, at call time. */
import { scriptOwnsRequests } from "../../../src/core/runtime.ts";
import { sendsStreams } from "../../../src/core/runtime_streams.ts";
import { assert, runtime, test } from "../../harness.ts";

const BROWSER = ["chromium", "firefox", "webkit"].includes(runtime);

test("scripts own Content-Length everywhere but in browsers", () => {
  assert.equal(scriptOwnsRequests(), !BROWSER);
});

test("streams are sent as streams on servers, in workerd those of known length", () => {
  assert.equal(sendsStreams(1), !BROWSER);
  assert.equal(sendsStreams(undefined), !BROWSER && runtime !== "workerd");
});
