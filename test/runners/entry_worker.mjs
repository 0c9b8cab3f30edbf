/** Runs a suite in workerd, inside its `test` event, where a Worker may do I/O. */
import { runSuite } from "./session.mjs";
import { start } from "./suite.mjs";

export default {
  async test(_controller, env) {
    await runSuite(env.BASE, start);
  },
};
