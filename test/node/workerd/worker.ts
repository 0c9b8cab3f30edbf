/** A Worker as people write it: the client lives at module level and serves every request. */
import { createClient, getObject, headObject, putObject } from "../../../src/mod.ts";

/** Put here by the bundler. */
declare const OSS_URL: string;
declare const STS_URL: string;
declare const REGION: string;
declare const BUCKET: string;

const client = createClient({
  endpoint: OSS_URL,
  region: REGION,
  bucket: BUCKET,
  credentials: async ({ signal }) => (await fetch(STS_URL, { signal })).json(),
});

async function serve(key: string): Promise<Response> {
  await putObject(client, { key, body: `hello ${key}` });
  const { contentLength } = await headObject(client, { key });
  const object = await getObject(client, { key });
  const text = await object.text();
  if (text.length !== contentLength) throw new Error(`${text.length} of ${contentLength} bytes`);
  return new Response(text);
}

export default {
  fetch: (request: Request): Promise<Response> =>
    serve(new URL(request.url).pathname.slice(1)).catch(
      (error: unknown) => new Response(String(error), { status: 500 }),
    ),
};
