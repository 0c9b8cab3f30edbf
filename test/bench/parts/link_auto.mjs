/**
 * A link on which each connection carries 10 MB/s and each answer begins 40 ms late: what automatic parts are worth.
 */
import { MIB, transfersOver } from "../link_client.mjs";

const AUTO = { partSize: "auto", concurrency: "auto" };

export const part = {
  title: "A link with 10 MB/s a connection and 40 ms: automatic parts",
  servers: ["link"],
  runtimes: ["node", "deno", "bun"],
};

export async function groups({ servers, amount }) {
  const { up, down } = transfersOver(servers.link);
  const large = amount(1024, 64) * MIB;
  const huge = amount(4000, 64) * 1e6;
  const fixed = { partSize: 8 * MIB, concurrency: 32 };
  return [
    {
      title: `upload of ${large / MIB} MiB`,
      rounds: 1,
      warmUp: 0,
      cases: { auto: up(large, AUTO), "8 MiB x 4": up(large, {}) },
      rows: [{ ours: "auto", peer: "8 MiB x 4", least: 0.9 }],
    },
    {
      title: `upload of ${huge / 1e6} MB`,
      rounds: 3,
      warmUp: 0,
      cases: { auto: up(huge, AUTO), "8 MiB x 32": up(huge, fixed) },
      rows: [{ ours: "auto", peer: "8 MiB x 32", least: 0.85 }],
    },
    {
      title: `download of ${huge / 1e6} MB`,
      rounds: 3,
      warmUp: 0,
      cases: { auto: down(huge, AUTO), "8 MiB x 32": down(huge, fixed) },
      rows: [{ ours: "auto", peer: "8 MiB x 32", least: 0.85 }],
    },
  ];
}
