/**
 * Runs the groups of a part inside a runtime: the cases of a group take turns, round after round, and what counts is
 * the median of the ratios of each round. So a neighbour on the machine slows both sides of a ratio.
 */
import { median, rowsOf } from "./rows.mjs";

/** Milliseconds without a report until the runtime is given up. */
const PATIENCE = 300_000;

/** What a part asks about where it runs. */
function environmentOf({ environment, quick, rounds, servers }) {
  return {
    runtime: environment.runtime,
    quick,
    rounds,
    servers,
    /** An amount of work: the second one in a short sample. */
    amount: (full, short) => (quick ? short : full),
  };
}

/**
 * A case tells its cost itself (a number, less is better), or the milliseconds until it is done are its cost.
 *
 * Garbage is not collected before: a collection while nothing runs throws away what was compiled for calls that are over,
 * and no program asks for one before each call.
 */
async function costOf(run) {
  const start = performance.now();
  const cost = await run();
  return typeof cost === "number" ? cost : performance.now() - start;
}

/**
 * Measures a group.
 * @returns for each case its costs, one for each round
 */
export async function measureGroup({ cases, warmUp }, rounds) {
  const names = Object.keys(cases);
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    // Nobody always has the same neighbour, whose garbage it may have to collect.
    const order = names.map((_, place) => names[(place + round + names.length * warmUp) % names.length]);
    if (round % 2) order.reverse();
    for (const name of order) {
      const cost = await costOf(cases[name]);
      if (round >= 0) costs[name].push(cost);
    }
  }
  return costs;
}

/** Runs a part and reports the rows of each of its groups. */
export async function execute(module, setting, send) {
  const env = environmentOf(setting);
  const announce = (name) => send({ results: [], running: { file: setting.name, name, timeout: PATIENCE } });
  await announce("preparing");
  for (const group of await module.groups(env)) {
    await announce(group.title);
    const rounds = setting.rounds ?? (setting.quick ? 1 : (group.rounds ?? 9));
    const warmUp = setting.quick ? 1 : (group.warmUp ?? 1);
    try {
      const costs = await measureGroup({ ...group, warmUp }, rounds);
      const absolute = Object.entries(costs).map(([name, all]) => `${name} ${median(all).toPrecision(3)}`);
      const rows = rowsOf(group, costs, env.runtime);
      await send({ results: [{ name: group.title, state: "measured", rows, absolute: absolute.join(", ") }] });
    } finally {
      await group.close?.();
    }
  }
  await send({ results: [], done: true });
}
