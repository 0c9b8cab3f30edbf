/**
 * What is told of Anti-DDoS instances.
 * @module
 */
import { list, named, number, object, type Shape, text } from "../codec/shape.ts";
import type { OpenEnum } from "../types.ts";

/** An Anti-DDoS instance, of an account or at work for a bucket; times are seconds since 1970. */
export interface AntiDdosInfo {
  readonly instanceId: string;
  /** The account's id. */
  readonly owner?: string;
  /** Absent from what is told of the account's instances. */
  readonly bucket?: string;
  /** When it was created. */
  readonly ctime?: number;
  /** When it was changed last. */
  readonly mtime?: number;
  /** Since when it protects; 0 where it does not. */
  readonly activeTime?: number;
  readonly status?: OpenEnum<"Init" | "Defending" | "HaltDefending">;
  readonly type?: OpenEnum<"AntiDDosPremimum">;
  /** The bucket's own domains that are protected. */
  readonly domains?: readonly string[];
}

/** Name of the document. */
export const INFO_LIST = "AntiDDOSListConfiguration";

/** Where all {@link AntiDdosInfo} stand. */
export const infoShape = (): Shape<{ readonly antiDdosConfigurations: readonly AntiDdosInfo[] }> => ({
  antiDdosConfigurations: named(
    "AntiDDOSConfiguration",
    list<AntiDdosInfo>(
      object<AntiDdosInfo>({
        instanceId: text,
        owner: text,
        bucket: text,
        ctime: number,
        mtime: number,
        activeTime: number,
        status: text,
        type: text,
        domains: named("Cnames/Domain", list<string>(text)),
      }),
    ),
  ),
});
