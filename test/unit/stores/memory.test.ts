/** Checkpoints in memory. */
import { memoryStore } from "../../../src/stores/memory.ts";
import { storeContract } from "./contract.ts";

storeContract({
  name: "memory",
  lock: true,
  channel: true,
  make() {
    const store = memoryStore();
    return { store, again: () => store, elsewhere: () => memoryStore() };
  },
});
