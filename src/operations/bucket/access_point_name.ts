/**
 * What calls on access points share: the name.
 * @module
 */
import type { BaseInput } from "../../core/operation.ts";
import { required } from "../required.ts";

/** Names an access point. */
export interface AccessPointName {
  /** 3 to 19 of `a-z`, `0-9` and inner `-`, unique in a region of the account. */
  readonly accessPointName: string;
}

/** A call on an access point. */
export interface AccessPointInput extends BaseInput, AccessPointName {}

/** The header that names an access point. */
export const accessPointWire = (): { readonly accessPointName: string } => ({
  accessPointName: "x-oss-access-point-name",
});

/**
 * Without the name a call would be another: GET ?accessPoint lists them all.
 * @throws TypeError
 */
export const needAccessPoint: (input: AccessPointName) => Record<never, never> =
  /* @__PURE__ */ required<AccessPointName>("accessPointName");
