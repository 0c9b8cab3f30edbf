/**
 * One connection through the proxy.
 * @module
 */
import { connect, type Socket } from "node:net";
import { createAnswerEnd } from "./answer_end.ts";
import { sendAgain } from "./duplicate.ts";
import { createFramer, type Stretch } from "./frames.ts";
import type { Fate, RunningScript } from "./script.ts";
import { createTamper, type Tampered } from "./tamper.ts";

/** Milliseconds between two chunks for a side that does not read. */
const PACE = 20;
const PAGE = "<html><body><h1>Bad gateway</h1></body></html>";

function refusal(status: number): string {
  return [
    `HTTP/1.1 ${status} Bad Gateway`,
    "content-type: text/html",
    `content-length: ${PAGE.length}`,
    "access-control-allow-origin: *",
    "connection: close",
    "",
    PAGE,
  ].join("\r\n");
}

/** A connection that is open. */
export interface Passage {
  /** Is a client there that waits for an answer, or for the rest of one? */
  readonly active: boolean;
}

/**
 * Passes the bytes of a client on to the service and back, with the faults of the script.
 * @param client its socket
 * @param port the service's
 * @param script what goes wrong
 */
export function pass(client: Socket, port: number, script: RunningScript): Passage {
  const service = connect(port, "127.0.0.1");
  let tamperUp = createTamper([]);
  let tamperDown = createTamper([]);
  let fate: Fate | undefined;
  /** Bytes of a request that will be sent twice. */
  let copy: Buffer[] | undefined;
  let answered = true;
  let follow = createAnswerEnd("");
  const stalled = { up: false, down: false };
  /** Steps of each way come one after the other, also when one waits. */
  let up: Promise<void> = Promise.resolve();
  let down: Promise<void> = Promise.resolve();

  const strike = (way: "up" | "down", { bytes, end }: Tampered): void => {
    const target = way === "up" ? service : client;
    if (stalled[way]) return;
    if (bytes.length > 0 && !target.destroyed) target.write(bytes);
    if (way === "down") answered = follow(bytes);
    if (end === undefined) return;
    stalled[way] = true;
    if (end === "cut") target.end();
    if (end === "reset") {
      client.resetAndDestroy();
      service.resetAndDestroy();
    }
  };

  const begin = ({ head }: Stretch): void => {
    fate = script.fate(head?.method ?? "");
    tamperUp = createTamper(fate.up);
    tamperDown = createTamper(fate.down);
    copy = fate.duplicate && [];
    answered = fate.storm !== undefined;
    follow = createAnswerEnd(head?.method ?? "");
    if (fate.storm?.early) client.write(refusal(fate.storm.status));
  };
  const takeUp = async (stretch: Stretch): Promise<void> => {
    if (stretch.head) begin(stretch);
    if (fate?.storm) {
      if (stretch.last) client.end(fate.storm.early ? "" : refusal(fate.storm.status));
      return;
    }
    copy?.push(stretch.bytes);
    const when = fate?.duplicate?.when;
    const whole = copy && stretch.last ? Buffer.concat(copy) : undefined;
    if (when === "before") {
      if (!whole) return;
      await sendAgain(port, whole);
      return strike("up", tamperUp(whole));
    }
    strike("up", tamperUp(stretch.bytes));
    if (!whole) return;
    if (when === "beside") void sendAgain(port, whole);
    else setTimeout(() => void sendAgain(port, whole), 20);
  };
  const takeDown = async (chunk: Buffer): Promise<void> => {
    if (fate?.hold) {
      fate = { ...fate, hold: false };
      await script.held();
    }
    strike("down", tamperDown(chunk));
  };

  const frame = createFramer();
  client.on("data", (chunk: Buffer) => {
    client.pause();
    for (const stretch of frame(chunk)) up = up.then(() => takeUp(stretch));
    up = up.then(() => flowOn(service, client));
  });
  service.on("data", (chunk: Buffer) => {
    service.pause();
    down = down.then(() => takeDown(chunk)).then(() => flowOn(client, service));
  });
  // A reset is passed on as one; what was sent before a FIN arrives.
  client.on("error", () => service.destroy());
  client.on("close", () => service.destroy());
  service.on("error", () => client.resetAndDestroy());
  service.on("end", () => void down.then(() => stalled.down || client.end()));
  return {
    get active() {
      return !answered && !client.destroyed;
    },
  };
}

/**
 * Reads on once what was read before has been passed on; after a while anyway, for who does not read does not see that
 * the other side has gone.
 */
function flowOn(target: Socket, source: Socket): void {
  const resume = (): void => {
    clearTimeout(timer);
    target.off("drain", resume);
    source.resume();
  };
  const timer = setTimeout(resume, PACE);
  if (!target.writableNeedDrain || target.destroyed) resume();
  else target.once("drain", resume);
}
