/**
 * A request that reaches the service once more.
 * @module
 */
import { connect } from "node:net";

/** Milliseconds for the answer that nobody wants. */
const PATIENCE = 1000;

/**
 * Sends a whole request on a connection of its own and drops the answer.
 * @returns resolves when the service has answered, or does not
 */
export function sendAgain(port: number, request: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    };
    const timer = setTimeout(end, PATIENCE);
    socket.on("error", end);
    socket.on("close", end);
    socket.once("data", end);
    socket.write(request);
  });
}
