/**
 * Giving a file to the browser's downloads.
 * @module
 */
import { createTimer } from "../timer.ts";

/** Milliseconds that a download may take to be copied: a minute, and what a slow disk needs. */
const LEAST = 60_000;
const BYTES_A_MILLISECOND = 10_000;

/** Is there a document to click in? */
export function isPage(): boolean {
  return typeof document === "object" && typeof document.createElement === "function";
}

/**
 * Gives a file to the browser's downloads. No browser tells when it has copied it, so it is kept for some minutes.
 * @param file its bytes
 * @param name its name
 * @param release called when it is not needed any more
 * @returns lets go of it now
 */
export function handOver(file: Blob, name: string, release: () => void = () => {}): () => void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.hidden = true;
  // Firefox clicks nothing that is not in the document.
  document.body.append(link);
  link.click();
  link.remove();
  const end = (): void => {
    timer.stop();
    URL.revokeObjectURL(url);
    release();
  };
  const timer = createTimer(end);
  timer.start(LEAST + Math.ceil(file.size / BYTES_A_MILLISECOND));
  return end;
}
