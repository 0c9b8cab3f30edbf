/**
 * A Worker with one client for all its requests: each request stores an object and reads it back.
 * `/leave` answers at once, and what it began dies with it: also the fetching of keys, if that was its turn.
 */
import { env } from "cloudflare:workers";
import { createClient, getObject, putObject } from "../../../src/mod.ts";

const client = createClient({
  region: "cn-hangzhou",
  bucket: "photos",
  endpoint: env.OSS,
  pathStyle: true,
  credentials: async ({ signal }) => (await fetch(env.STS, { signal })).json(),
});

export default {
  async fetch(request: Request): Promise<Response> {
    const key = new URL(request.url).pathname.slice(1);
    if (key === "leave") {
      putObject(client, { key, body: key }).catch(() => undefined);
      return new Response("left");
    }
    try {
      await putObject(client, { key, body: `body of ${key}` });
      return new Response(await (await getObject(client, { key })).text());
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
