/**
 * What page and worker say to each other, and over what.
 * @module
 */
import type { WritableFileHandle } from "../streams/file_system.ts";
import type { Progress } from "../streams/progress.ts";
import type { DownloadInput, DownloadToOptions } from "../transfer/download/types.ts";
import type { UploadInput, UploadOptions, UploadState } from "../transfer/upload/types.ts";

/**
 * A worker, the inside of one (`self`), or either end of a `MessageChannel`. Other messages that pass it are left alone.
 */
export interface TransferPort {
  postMessage(message: unknown, options: never): void;
  addEventListener(type: string, listener: (event: object) => void): void;
  removeEventListener(type: string, listener: (event: object) => void): void;
  start?(): void;
}

/** How something ended. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly error: unknown }
  /** By the page's own signal, whose reason never left it. */
  | { readonly aborted: true };

/** What can be asked of an upload and is answered. */
export type Method = "pause" | "stop" | "discard";

/** What stays on its side of the port. */
type Kept = "signal" | "onProgress" | "onWaiting" | "slots" | "checkpoints";

/** Where a worker writes: a file, also of a picker, or a path in the origin private file system. */
export type DownloadTarget = WritableFileHandle | string;

/** What the page says. */
export type ToWorker =
  | {
      readonly type: "upload";
      readonly id: number;
      readonly input: Omit<UploadInput, "body">;
      /** The body, if it can be cloned; else it is pulled from the page. */
      readonly body: { readonly cloned: unknown } | undefined;
      readonly options: Omit<UploadOptions, Kept>;
    }
  | {
      readonly type: "download";
      readonly id: number;
      readonly input: DownloadInput;
      readonly target: DownloadTarget;
      readonly options: Omit<DownloadToOptions, Kept>;
    }
  | { readonly type: "call"; readonly id: number; readonly call: number; readonly method: Method }
  | { readonly type: "resume" | "abort"; readonly id: number }
  /** A listener has thrown. */
  | { readonly type: "fault"; readonly id: number; readonly error: unknown }
  | { readonly type: "chunk"; readonly id: number; readonly chunk: Outcome }
  | { readonly type: "credentials"; readonly ask: number; readonly outcome: Outcome };

/** What the worker says. */
export type ToPage =
  | { readonly type: "welcome" }
  | { readonly type: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly type: "waiting"; readonly id: number; readonly waiting: boolean }
  | {
      readonly type: "settled";
      readonly id: number;
      /** Of uploads. */
      readonly state?: UploadState;
      readonly outcome: Outcome;
    }
  | {
      readonly type: "returned";
      readonly id: number;
      readonly call: number;
      /** Absent when nothing was left to be done. */
      readonly state?: UploadState;
      readonly outcome: Outcome;
    }
  | { readonly type: "pull" | "cancel"; readonly id: number }
  | { readonly type: "credentials"; readonly ask: number };

/** Posts a message. */
export function post(port: TransferPort, message: unknown, transfer: readonly object[] = []): void {
  // The types of the DOM, of Node and of Deno do not agree on what this takes.
  port.postMessage(message, { transfer } as never);
}

/** What an event carries. */
export function dataOf(event: object): { readonly [name: string]: unknown } {
  return Object((event as { readonly data?: unknown }).data);
}
