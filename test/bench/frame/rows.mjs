/**
 * From costs to rows: ratios, their bounds, and whether those hold.
 */

/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const boundOf = (bound, runtime) => (typeof bound === "object" ? bound?.[runtime] : bound);

/**
 * Rows of a group: how many times as fast as its peer a case is.
 * @param costs for each case its costs by round
 */
export function rowsOf({ title, rows }, costs, runtime) {
  return rows.map(({ ours, peer, title: own = `${ours} / ${peer}`, least, most }) => {
    const ratios = costs[peer].map((cost, round) => cost / costs[ours][round]);
    return {
      title: `${title}: ${own}`,
      runtime,
      value: median(ratios),
      rounds: ratios.length,
      spread: [Math.min(...ratios), Math.max(...ratios)],
      least: boundOf(least, runtime),
      most: boundOf(most, runtime),
    };
  });
}

/** Does a row keep its bounds? Without bounds nobody can say. */
export function holds({ value, least, most }) {
  if (least === undefined && most === undefined) return undefined;
  return value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
}
