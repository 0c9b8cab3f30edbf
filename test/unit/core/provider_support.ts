/** A provider of credentials under the test's control, and the source that asks it. */
import type { CredentialsSource } from "../../../src/core/credentials_source.ts";
import { createProviderSource, type ProviderTimes } from "../../../src/core/provider.ts";
import type { Credentials, ProvidedCredentials } from "../../../src/types.ts";
import { deferred } from "../streams/support.ts";

/** One call of the provider. */
export interface Asked {
  readonly signal: AbortSignal;
  resolve(value: ProvidedCredentials): void;
  reject(error: unknown): void;
}

export interface Site {
  readonly source: CredentialsSource;
  readonly asked: Asked[];
  readonly warnings: string[];
  /** The clock, in milliseconds. */
  time: number;
  /** Waits until the provider was asked so many times. */
  untilAsked(times: number): Promise<Asked>;
}

/** Quick enough for tests that must see a limit pass. */
export const QUICK: ProviderTimes = { limit: 40, beat: 5, lease: 30, quiet: 1000 };

export const HOUR = 3_600_000;

export function keys(name: string, expiration?: number): Credentials {
  return {
    accessKeyId: `STS.${name}`,
    accessKeySecret: "secret",
    securityToken: "token",
    ...(expiration !== undefined && { expiration }),
  };
}

export function site(times?: Partial<ProviderTimes>): Site {
  const asked: Asked[] = [];
  const warnings: string[] = [];
  let told = deferred();
  const provider = ({ signal }: { readonly signal: AbortSignal }): Promise<ProvidedCredentials> => {
    const { promise, resolve, reject } = deferred<ProvidedCredentials>();
    asked.push({ signal, resolve, reject });
    told.resolve();
    told = deferred();
    return promise;
  };
  const place: Site = {
    source: createProviderSource(
      provider,
      () => place.time,
      (message) => warnings.push(message),
      {
        ...{ limit: 30_000, beat: 1000, lease: 3000, quiet: 5000 },
        ...times,
      },
    ),
    asked,
    warnings,
    time: Date.UTC(2024, 5, 15),
    async untilAsked(count) {
      while (asked.length < count) await told.promise;
      const last = asked[count - 1];
      if (!last) throw new Error("not asked");
      return last;
    },
  };
  return place;
}
