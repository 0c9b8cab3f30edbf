/**
 * What every server of the benchmarks does: listens on a free port of the loopback, prints its address, lets pages in.
 */
import { createServer } from "node:http";

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, PUT, POST, DELETE, HEAD",
  "access-control-allow-headers": "*, authorization",
  "access-control-expose-headers": "*",
  "access-control-max-age": "7200",
};

/**
 * Serves until the process is ended.
 * @param answer given the request, the answer and the URL; headers that pages need are set already
 */
export function serve(answer) {
  const server = createServer((request, response) => {
    const origin = request.headers.origin;
    if (origin !== undefined) for (const name in CORS) response.setHeader(name, CORS[name]);
    if (request.method === "OPTIONS") {
      const wanted = request.headers["access-control-request-headers"];
      if (wanted !== undefined) response.setHeader("access-control-allow-headers", wanted);
      return response.writeHead(204).end();
    }
    answer(request, response, new URL(request.url, "http://localhost"));
  });
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
}
