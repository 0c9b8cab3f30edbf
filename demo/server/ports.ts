/**
 * Ports: the wanted one, else one nearby, else any.
 * @module
 */
import type { Server } from "node:net";

/** How many ports after the wanted one are tried. */
const NEARBY = 10;

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
}

/**
 * Listens on the wanted port; when it is in use, on the next free one.
 * @param wanted 0 for any
 * @param listen tries one port
 */
export async function listenNear<T>(wanted: number, listen: (port: number) => Promise<T>): Promise<T> {
  for (let port = wanted; port !== 0 && port < wanted + NEARBY && port < 65_536; port++) {
    try {
      return await listen(port);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return listen(0);
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return address.port;
}
