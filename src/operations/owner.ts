/**
 * Who owns a bucket or an object.
 * @module
 */
import { named, type Shape, text } from "../codec/shape.ts";

/** An account. */
export interface Owner {
  readonly id: string;
  readonly displayName?: string;
}

/** The shape of {@link Owner}. */
export const ownerShape = (): Shape<Owner> => ({ id: named("ID", text), displayName: text });
