/**
 * What the parts of one call tell each other.
 * @module
 */
import type { CallOptions, ClientContext, Credentials, Integrity, MaybePromise, Reader } from "../types.ts";
import type { Addressed } from "./address.ts";
import type { Fetch, Sign, UploadHook } from "./options.ts";

/** A body that is ready to be sent. */
export interface SendableBody {
  /** Bytes, where known. */
  readonly length: number | undefined;
  /** The content type that the body itself names. */
  readonly type?: string | undefined;
  /** A form: `fetch` names its type and boundary, and its policy is its signature. */
  readonly form?: true;
  /** Was it begun, and cannot be opened once more? */
  spent?(): boolean;
  /**
   * Opens it for one attempt.
   * @param checksum CRC-64 to start from, or `undefined` to compute none
   * @param tick called whenever bytes are taken; with how many of them may still be on their way out
   */
  open(checksum: bigint | undefined, tick: (leaving?: number) => void): OpenBody;
  /** Lets go of the source when the call is over. */
  close?(): void;
}

/** What makes `fetch` fail where a request is redirected. */
export interface Unfollowed {
  readonly redirect?: "error";
  readonly window?: null;
}

/** A body on its way. */
export interface OpenBody {
  /** What is given to `fetch`. */
  readonly init: UploadHook &
    Unfollowed & { readonly body: NonNullable<RequestInit["body"]>; readonly duplex?: "half" };
  /** Does `tick` tell of progress, or does the body leave unseen? */
  readonly visible?: true;
  /** CRC-64 of all that was sent, once it was sent. */
  checksum(signal: AbortSignal): MaybePromise<bigint | undefined>;
  /** What failed in the source itself, if anything did; a promise never rejects. */
  failure?(): unknown;
}

/** What the attempts of one call share. */
export interface Call<T> {
  readonly context: ClientContext;
  readonly fetch: Fetch;
  readonly sign?: Sign | undefined;
  readonly target: Addressed;
  readonly body: SendableBody | undefined;
  readonly read: Reader<T>;
  readonly stallTimeout: number;
  readonly integrity: Integrity;
  /** Aborts with the caller's signal and the call's time limit; none where there is neither. */
  readonly signal: AbortSignal | undefined;
}

/** Options of a call that only transfers give. */
export interface RepeatedOptions extends CallOptions {
  /** What it opens: noted there before a request is sent again that may have been done already, as its answer was lost. */
  readonly opening?: Opening | undefined;
}

/** What a request opens at the service, where each one that is done opens another. */
export interface Opening {
  /** How opening it was tried before. */
  lost?: Lost | undefined;
  /** Its abort, after which what is under way may still be answered, and nothing is sent again. */
  readonly controller: Pick<AbortController, "signal">;
  /** Where that is written down. */
  readonly track?: { note(changes: object): Promise<void> } | undefined;
}

/** Attempts of one call of which nobody knows whether the service has acted; in milliseconds by the client's clock. */
export interface Lost {
  readonly times: number;
  /** When the call began. */
  readonly begun: number;
  /** When it was sent again last. */
  readonly again: number;
}

/** What has happened to a call until now. */
export interface Course {
  /** When it began, by the client's clock. */
  readonly begun: number;
  /** How many attempts may have been acted upon, though they failed. */
  lost?: number;
  /** The same of earlier calls, where they are counted. */
  earlier?: Lost;
  /** What was corrected: each only once a call. */
  clock?: true;
  credentials?: true;
  integrity?: true;
  /** How many of the attempts do not count: there was no network, or the machine slept. */
  free?: number;
  /** When the first attempt that counts failed, by the client's clock. */
  since?: number | undefined;
}

/** Makes one attempt of a call. */
export type Attempt = <T>(call: Call<T>, number: number, credentials: Credentials | undefined) => Promise<T>;
