/**
 * Where a client's credentials come from.
 * @module
 */
import type { Credentials } from "../types.ts";

/** Where a client's credentials come from. */
export interface CredentialsSource {
  /** Usable credentials; `undefined` for an anonymous client. */
  get(signal?: AbortSignal): Promise<Credentials | undefined>;
  /**
   * Says that a request with these credentials was refused as expired, or failed in a way that may hide that.
   * @returns whether asking for credentials again can help
   */
  doubt(credentials: Credentials, refused: boolean): boolean;
}
