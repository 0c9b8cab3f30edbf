/**
 * Channels of stores that live outside browsers.
 * @module
 */
import type { CheckpointStore, TransferChannel } from "../checkpoints.ts";
import { channelsOf } from "./lock.ts";

/**
 * The channels of a name, each made anew where Deno has lost it: it loses one that is opened right after another one
 * was closed, and notices when something is sent. Some may hear that message twice.
 * @param name of the store
 */
export function lastingChannels(name: string): Pick<CheckpointStore, "channel"> {
  const { channel: open } = channelsOf(name);
  if (!open) return {};
  return {
    channel(id, receive): TransferChannel {
      let current = open(id, receive);
      let isOpen = true;
      return {
        send(message) {
          if (!isOpen) return;
          try {
            current.send(message);
          } catch {
            current.close();
            current = open(id, receive);
            current.send(message);
          }
        },
        close() {
          isOpen = false;
          current.close();
        },
      };
    },
  };
}
