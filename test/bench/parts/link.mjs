/**
 * A link on which each connection carries 10 MB/s and each answer begins 40 ms late: what parallel parts of the default
 * size bring.
 */
import { MIB, transfersOver } from "../link_client.mjs";

export const part = {
  title: "A link with 10 MB/s a connection and 40 ms: parts of 8 MiB",
  servers: ["link"],
  runtimes: ["node", "deno", "bun"],
};

export async function groups({ servers, amount }) {
  const { up, down } = transfersOver(servers.link);
  const size = amount(64, 16) * MIB;
  const partSize = size / 8;
  const eight = (transfer) => ({
    "8 connections": transfer(size, { partSize, concurrency: 8 }),
    "1 connection": transfer(size, { partSize, concurrency: 1 }),
  });
  const rows = [{ ours: "8 connections", peer: "1 connection", least: 6 }];
  return [
    { title: `upload of ${size / MIB} MiB`, rounds: 3, warmUp: 0, cases: eight(up), rows },
    { title: `download of ${size / MIB} MiB`, rounds: 3, warmUp: 0, cases: eight(down), rows },
  ];
}
