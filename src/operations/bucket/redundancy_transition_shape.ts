/**
 * A task that copies a bucket to several zones.
 * @module
 */
import { date, named, number, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum } from "../../types.ts";

/** A task that copies a bucket to several zones. */
export interface DataRedundancyTransition {
  readonly bucket?: string;
  readonly taskId: string;
  readonly transitionStatus?: OpenEnum<"Queueing" | "Processing" | "Finished">;
  readonly createTime?: Date;
  /** Once it is processed. */
  readonly startTime?: Date;
  /** Once it has finished. */
  readonly endTime?: Date;
  /** 0 to 100, once it is processed. */
  readonly processPercentage?: number;
  /** Hours, once it is processed. */
  readonly estimatedRemainingTime?: number;
}

/** Where {@link DataRedundancyTransition} stands. */
export const transitionShape = (): Shape<DataRedundancyTransition> => ({
  bucket: text,
  taskId: text,
  transitionStatus: named("Status", text),
  createTime: date,
  startTime: date,
  endTime: date,
  processPercentage: number,
  estimatedRemainingTime: number,
});
