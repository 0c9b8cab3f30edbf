/** Jobs that run at the other end of a channel, as in a worker. */
import { connectTransfers, serveTransfers, type WorkerTransfers } from "../../src/worker/mod.ts";
import type { TestContext } from "../harness.ts";
import { testJobs } from "./upload_job_contract.ts";
import type { World } from "./upload_support.ts";

/** A page and its worker; both end with the test. */
function connect(t: TestContext, { client }: World): WorkerTransfers {
  const { port1, port2 } = new MessageChannel();
  const served = serveTransfers(port1, { client });
  const page = connectTransfers(port2);
  t.signal.addEventListener("abort", () => {
    page.close();
    served.close();
    port1.close();
  });
  return page;
}

testJobs("job in a worker", (t, world, input, options) => connect(t, world).createUpload(input, options), {
  skip: { workerd: "it has no workers, and hands over no ports" },
});
