/**
 * What is told of Anti-DDoS instances.
 * @module
 */
import { list, named, object, type Shape, text } from "../codec/shape.ts";
import type { OpenEnum } from "../types.ts";
import { seconds } from "./seconds.ts";

/** An Anti-DDoS instance, of an account or at work for a bucket. */
export interface AntiDdosInfo {
  readonly instanceId: string;
  /** The account's id. */
  readonly owner?: string;
  /** Absent from what is told of the account's instances. */
  readonly bucket?: string;
  /** When it was created. */
  readonly ctime?: Date;
  /** When it was changed last. */
  readonly mtime?: Date;
  /** Since when it protects; the beginning of 1970 where it does not. */
  readonly activeTime?: Date;
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
        ctime: seconds(),
        mtime: seconds(),
        activeTime: seconds(),
        status: text,
        type: text,
        domains: named("Cnames/Domain", list<string>(text)),
      }),
    ),
  ),
});
