/**
 * What the channel of every store must do that has one.
 * @module
 */
import type { CheckpointStore, TransferChannel } from "../../../src/checkpoints.ts";
import { assert } from "../../harness.ts";
import type { Declare } from "./contract.ts";

/** Joins a channel of a store that has them. */
function join(store: CheckpointStore, id: string, receive: (message: unknown) => void): TransferChannel {
  const { channel } = store;
  if (!channel) throw new Error("The store has no channel");
  return channel.call(store, id, receive);
}

/** Collects messages. */
function inbox(): { receive(message: unknown): void; until(count: number): Promise<readonly unknown[]> } {
  const messages: unknown[] = [];
  let told = (): void => {};
  return {
    receive(message) {
      messages.push(message);
      told();
    },
    async until(count) {
      while (messages.length < count)
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      return messages;
    },
  };
}

/** Declares the tests of a channel. */
export function channelContract(declare: Declare): void {
  declare("others hear what is sent on a channel, the sender does not", async ({ store, again }) => {
    const [own, first, second, foreign] = [inbox(), inbox(), inbox(), inbox()];
    const channel = join(store, "a", own.receive);
    const others = [join(store, "a", first.receive), join(again(), "a", second.receive)];
    const elsewhere = join(again(), "b", foreign.receive);
    const sent = { loaded: 1, at: new Date(5), list: [1] };
    channel.send(sent);
    sent.list.push(2);
    for (const { until } of [first, second]) {
      const [message] = await until(1);
      assert.deepEqual(message, { loaded: 1, at: new Date(5), list: [1] });
    }
    // What follows on the channel has overtaken nothing.
    others[0]?.send("answer");
    assert.deepEqual([...(await own.until(1))], ["answer"]);
    const visitor = join(store, "b", () => {});
    visitor.send("to b");
    assert.deepEqual([...(await foreign.until(1))], ["to b"]);
    for (const one of [channel, ...others, elsewhere, visitor]) one.close();
  });

  declare("who joins a channel right after the last one has left another is heard", async ({ store, again }) => {
    join(store, "a", () => {}).close();
    const heard = inbox();
    const here = join(again(), "b", heard.receive);
    const channel = join(store, "b", () => {});
    const turn = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));
    for (let count = 1, messages = 0; count <= 5; count++) {
      channel.send(count);
      // Where the line has to be made anew, some may hear it twice.
      while (!(await heard.until(++messages)).includes(count));
      await turn();
    }
    channel.close();
    here.close();
  });

  declare("who has left a channel hears and says nothing", async ({ store, again }) => {
    const [left, stays] = [inbox(), inbox()];
    const gone = join(store, "a", left.receive);
    const here = join(again(), "a", stays.receive);
    const third = join(store, "a", () => {});
    third.send(1);
    gone.close();
    gone.close();
    gone.send("nothing");
    third.send(2);
    assert.deepEqual([...(await stays.until(2))], [1, 2]);
    third.close();
    here.close();
    assert.notInclude(await left.until(0), 2);
  });
}
