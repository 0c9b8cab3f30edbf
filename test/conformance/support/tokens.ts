/** A backend that issues temporary keys, counted and watched. */

import type { TestOSS } from "../../../src/testing/mod.ts";
import type { Credentials, CredentialsProvider } from "../../../src/types.ts";

export interface Backend {
  readonly provider: CredentialsProvider;
  /** Sessions issued so far. */
  readonly issued: ReturnType<TestOSS["issueToken"]>[];
  /** How often it was asked, and how often at the same time. */
  asked: number;
  active: number;
  mostActive: number;
  /** Signals that it was asked with. */
  readonly signals: AbortSignal[];
  /** Replaces what the next answers do; throws to fail. */
  onAsk: (call: number) => unknown;
}

export interface BackendOptions {
  readonly seconds?: number;
  /** Tell clients when the keys end. @default true */
  readonly expiration?: boolean;
  /** What the backend makes of the keys. @default our own form */
  readonly form?: (keys: Credentials) => unknown;
}

export function createBackend(oss: () => TestOSS, options: BackendOptions = {}): Backend {
  const { seconds = 3600, expiration = true, form = (keys: Credentials) => keys } = options;
  const backend: Backend = {
    issued: [],
    signals: [],
    asked: 0,
    active: 0,
    mostActive: 0,
    onAsk: () => undefined,
    async provider({ signal }) {
      const call = ++backend.asked;
      backend.signals.push(signal);
      backend.mostActive = Math.max(backend.mostActive, ++backend.active);
      try {
        await backend.onAsk(call);
        const session = oss().issueToken({ seconds });
        backend.issued.push(session);
        const { accessKeyId, accessKeySecret, securityToken } = session;
        const keys = { accessKeyId, accessKeySecret, securityToken };
        return form(expiration ? { ...keys, expiration: session.expiration } : keys) as Credentials;
      } finally {
        backend.active--;
      }
    },
  };
  return backend;
}

/** A promise that is settled from outside. */
export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Lets everything that is ready run. */
export function breathe(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
