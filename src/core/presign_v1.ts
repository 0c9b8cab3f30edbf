/**
 * V1 URLs, which name the second at which they end; loaded on demand.
 * @module
 */
import { presignV1 } from "../signing/v1.ts";
import type { QuerySigner } from "./presign.ts";

/** Signs a query with V1. */
export const signQueryV1: QuerySigner = (input, context, expiresIn) =>
  presignV1(input, context, Math.floor(context.time.getTime() / 1000) + expiresIn);
