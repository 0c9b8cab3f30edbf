/**
 * Why did no answer come? A browser does not say, so ask it another way.
 * @module
 */
import { type Explanation, explain, isSilence, type Reach, rootOf } from "./explain.ts";

const PATIENCE = 3000;

/**
 * Tells a dead network from a storage that is down and from one that answers, only not to this page: a request
 * without CORS gets through when only the rules are in the way.
 */
export async function findReach(endpoint: string): Promise<Reach> {
  if (!navigator.onLine) return "offline";
  try {
    await fetch(endpoint, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return "blocked";
  } catch {
    return navigator.onLine ? "unreachable" : "offline";
  }
}

/** Says why a transfer waits, in words that follow "Waiting: ". */
export async function whyWaiting(endpoint: string): Promise<string> {
  const reach = await findReach(endpoint);
  if (reach === "offline") return "you are offline";
  if (reach === "unreachable") return "the storage does not answer";
  const ours = await findReach(location.origin);
  return ours === "blocked"
    ? "the storage is busy, or does not accept this page"
    : "the sign-in server does not answer";
}

/** Explains an error; for one that tells nothing, the network is looked at first. */
export async function explainHere(error: unknown, endpoint: string): Promise<Explanation> {
  const reach = isSilence(rootOf(error)) ? await findReach(endpoint) : navigator.onLine ? "unreachable" : "offline";
  return explain(error, reach);
}
