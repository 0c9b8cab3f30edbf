/**
 * Transfers from the service to the service.
 * @module
 */
import { copy, pipe } from "../../src/mod.ts";
import { bytesAt, SOURCE, TARGET } from "./objects.ts";
import { optionsOf, type Play, settle } from "./scene.ts";

export const playCopy: Play = async (scene) => {
  const { partSize, concurrency, ...options } = optionsOf(scene);
  const fixed = {
    ...(partSize !== "auto" && { partSize }),
    ...(concurrency !== "auto" && { concurrency }),
  };
  // A page may believe what it sees: the stage exposes all that is kept.
  const chosen = { ...options, ...fixed, exposed: true };
  const copied = copy(scene.client, { sourceKey: SOURCE, key: TARGET }, chosen);
  return { ...(await settle(copied)), stored: { [TARGET]: bytesAt(scene.plan) } };
};

const invert = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes, (byte) => byte ^ 0xff);

export const playPipe: Play = async (scene) => {
  const stage = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => controller.enqueue(invert(chunk)),
  });
  const stages = scene.random.chance(0.7) ? [stage] : [];
  const expected = bytesAt(scene.plan);
  const piped = pipe(scene.client, { sourceKey: SOURCE, key: TARGET }, stages, optionsOf(scene));
  const outcome = await settle(piped);
  const stored = { [TARGET]: stages.length > 0 ? invert(expected) : expected };
  // Nothing could go on from its parts; where deleting them failed a warning says so.
  return { ...outcome, stored, discarded: scene.warnings.length === 0 };
};
