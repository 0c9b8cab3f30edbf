/**
 * A byte-level proxy on the loopback, with a script of what goes wrong.
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { WireScript } from "../wire_script.ts";
import { pass } from "./connection.ts";
import { runScript } from "./script.ts";

export interface Proxy {
  readonly url: string;
  /** Connections of clients that are open. */
  readonly open: number;
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
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.once("close", () => sockets.delete(client));
    client.setNoDelay(true);
    pass(client, port, running);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get open() {
      return sockets.size;
    },
    calm: running.calm,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
