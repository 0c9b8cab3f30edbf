/**
 * What the controller sets up for one scenario, and what it knows afterwards: JSON both ways.
 * @module
 */
import type { Fault } from "../../src/testing/faults.ts";
import type { WireScript } from "./wire_script.ts";

/** Bytes of a seed at a key. */
export interface Seeded {
  readonly key: string;
  readonly length: number;
  readonly seed: number;
}

export interface StageSetup {
  readonly wire: WireScript;
  readonly faults: readonly Fault[];
  /** Keep all versions, so that every object that was ever made is seen? */
  readonly versioned: boolean;
  /** Temporary keys become unknown after so many requests. */
  readonly revokeAfter?: number | undefined;
  readonly objects: readonly Seeded[];
}

export interface Stage {
  readonly id: string;
  /** The proxy's address. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly account: { readonly accessKeyId: string; readonly accessKeySecret: string };
}

export interface StoredFact {
  readonly size: number;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly hash: string;
}

/** A multipart upload that is open. */
export interface OpenFact {
  readonly key: string;
  readonly uploadId: string;
  readonly parts: readonly { readonly number: number; readonly size: number; readonly etag: string }[];
}

/** What the service knows, asked behind the client's back. */
export interface Facts {
  /** What is stored at each key, the newest first: all that was ever there where versions are kept. */
  readonly objects: Readonly<Record<string, readonly StoredFact[]>>;
  readonly open: readonly OpenFact[];
  /** Completions that were answered with success, by key. */
  readonly completed: Readonly<Record<string, number>>;
  /** Connections on which the client waits for an answer, or for the rest of one. */
  readonly active: number;
  /** Requests in all, and faults that never struck. */
  readonly requests: number;
  readonly pending: number;
}

/** What can be asked of the controller. */
export interface ControlCalls {
  open(setup: StageSetup): Promise<Stage>;
  /** Issues temporary keys. */
  token(of: { readonly id: string }): Promise<{
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken: string;
  }>;
  /** From now on nothing goes wrong. */
  calm(of: { readonly id: string }): Promise<object>;
  facts(of: { readonly id: string }): Promise<Facts>;
  close(of: { readonly id: string }): Promise<object>;
}
