/**
 * The whole demo: the page's own server and, on an origin of its own, an OSS.
 * @module
 */
import type { Server } from "node:http";
import { createPageServer, type PageFiles } from "./page_server.ts";
import { listenNear, portOf } from "./ports.ts";
import { createSessions } from "./sessions.ts";
import { type Storage, startStorage } from "./storage.ts";

export interface DemoOptions {
  /** The page's port, 0 for any; another one is taken when it is in use. */
  readonly port: number;
  /** The same for the OSS. */
  readonly ossPort: number;
  /** How long temporary keys live. Read at each issue. */
  readonly tokenSeconds: number;
  /** The built page, by path. */
  readonly files: PageFiles;
}

export interface Demo {
  /** Where the page is. */
  readonly url: string;
  readonly storage: Storage;
  /** Ends both servers and deletes what was uploaded. */
  close(): Promise<void>;
}

/** Starts the page server, then the OSS, whose CORS rule names the page's origin. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  let storage: Storage | undefined;
  const server: Server = createPageServer({
    files: options.files,
    sessions: createSessions(),
    storage: () => storage,
    tokenSeconds: () => options.tokenSeconds,
  });
  await listenNear(options.port, (port) => listen(server, port));
  const port = portOf(server);
  try {
    const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
    storage = await startStorage({ origins, port: options.ossPort });
  } catch (error) {
    await close(server);
    throw error;
  }
  const running = storage;
  return {
    url: `http://127.0.0.1:${port}/`,
    storage: running,
    async close() {
      await Promise.all([close(server), running.close()]);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
