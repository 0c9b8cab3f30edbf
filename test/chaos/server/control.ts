/**
 * The controller's HTTP side: scenarios in any runtime open their stage here, and ask what became of it.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StageSetup } from "../stage_types.ts";
import { openStage, type RunningStage } from "./stage.ts";

export interface ChaosControl {
  readonly url: string;
  close(): Promise<void>;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** Starts the control of stages on a free port of the loopback. */
export async function startChaos(): Promise<ChaosControl> {
  const stages = new Map<string, RunningStage>();
  let count = 0;

  const perform = async (name: string, input: unknown): Promise<unknown> => {
    if (name === "open") {
      const stage = await openStage(input as StageSetup);
      const id = String(++count);
      stages.set(id, stage);
      return { id, ...stage.told };
    }
    const { id } = input as { id: string };
    const stage = stages.get(id);
    if (!stage) throw new Error(`There is no stage ${id}`);
    if (name === "token") return stage.token();
    if (name === "facts") return stage.facts();
    if (name === "calm") stage.calm();
    else if (name === "close") {
      stages.delete(id);
      await stage.close();
    } else throw new Error(`Nobody can ${name}`);
    return {};
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { "access-control-allow-origin": "*", "content-type": "application/json" };
    try {
      const result = await perform((request.url ?? "").slice(1), await readJson(request));
      response.writeHead(200, headers).end(JSON.stringify(result));
    } catch (error) {
      const text = error instanceof Error ? error.stack : String(error);
      response.writeHead(500, headers).end(JSON.stringify({ error: text }));
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 60 * 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const stage of stages.values()) await stage.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
