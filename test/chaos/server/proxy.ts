/**
 * A byte-level proxy on the loopback, with a script of what goes wrong.
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { WireScript } from "../wire_script.ts";
import { type Passage, pass } from "./connection.ts";
import { runScript } from "./script.ts";

export interface Proxy {
  readonly url: string;
  /** Clients that wait for an answer, or for the rest of one. */
  readonly active: number;
  /** From now on nothing goes wrong. */
  calm(): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy.
 * @param port where the service listens, on the loopback
 * @param script what goes wrong
 */
export async function startProxy(port: number, script: WireScript): Promise<Proxy> {
  const running = runScript(script);
  const sockets = new Map<Socket, Passage>();
  const server = createServer((client) => {
    client.once("close", () => sockets.delete(client));
    client.setNoDelay(true);
    sockets.set(client, pass(client, port, running));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get active() {
      return [...sockets.values()].filter(({ active }) => active).length;
    },
    calm: running.calm,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.keys()) socket.destroy();
      }),
  };
}
