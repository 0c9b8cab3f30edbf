/**
 * The visit: what the page's own backend says of it, and the keys it hands out.
 * @module
 */

/** Where the files go, and which folder is ours. */
export interface Settings {
  readonly region: string;
  readonly bucket: string;
  readonly endpoint: string;
  /** What all our keys begin with: `users/1a2b3c4d/`. */
  readonly prefix: string;
}

/** What `/sts` answers. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly expiration: string;
}

/** The backend does not know this visit any more. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
}

/** The backend fails. */
export class BackendError extends Error {
  override readonly name = "BackendError";
}

async function call<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(path, { method: "POST", ...(signal && { signal }) });
  if (response.status === 401) throw new SessionEndedError(`${path} does not know this session`);
  if (!response.ok) throw new BackendError(`${path} answered ${response.status}`);
  return response.json();
}

/** Begins a visit, or goes on with the one of the cookie. */
export function openSession(signal?: AbortSignal): Promise<Settings> {
  return call<Settings>("/session", signal).catch((cause: unknown) => {
    throw cause instanceof TypeError ? new BackendError("No answer from /session", { cause }) : cause;
  });
}

/** Asks for temporary keys. No answer is the TypeError of `fetch`, by which the library knows that waiting may help. */
export function fetchKeys(signal: AbortSignal): Promise<Keys> {
  return call<Keys>("/sts", signal);
}
