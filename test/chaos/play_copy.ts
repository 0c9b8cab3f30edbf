/**
 * Transfers from the service to the service.
 * @module
 */
import { copy, pipe } from "../../src/mod.ts";
import { bytesAt, optionsOf, type Play, settle } from "./scene.ts";

const [SOURCE, TARGET] = ["0", "a copy"];

export const playCopy: Play = (scene) => {
  const copied = copy(scene.client, { sourceKey: SOURCE, key: TARGET }, optionsOf(scene));
  return settle(copied, () => ({ stored: { [TARGET]: bytesAt(scene.plan) } }));
};

const invert = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes, (byte) => byte ^ 0xff);

export const playPipe: Play = (scene) => {
  const stage = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => controller.enqueue(invert(chunk)),
  });
  const stages = scene.random.chance(0.7) ? [stage] : [];
  const expected = bytesAt(scene.plan);
  const piped = pipe(scene.client, { sourceKey: SOURCE, key: TARGET }, stages, optionsOf(scene));
  return settle(piped, () => ({ stored: { [TARGET]: stages.length > 0 ? invert(expected) : expected } }));
};
