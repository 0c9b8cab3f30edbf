/**
 * Uploads and downloads over the link of servers/link.mjs.
 */
import { createClient, download, upload } from "oss-fetch";

export const MIB = 1 << 20;
const KEYS = { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" };

/** Bytes that come from nowhere. */
function zeros(size) {
  let left = size;
  return new ReadableStream(
    {
      pull(controller) {
        if (left <= 0) return controller.close();
        controller.enqueue(new Uint8Array(Math.min(left, MIB)));
        left -= MIB;
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Transfers over a link with 10 MB/s a connection and 40 ms.
 * @param endpoint the address of the server
 */
export function transfersOver(endpoint) {
  const client = createClient({
    ...{ region: "cn-hangzhou", endpoint, pathStyle: true, bucket: "link-10-40", credentials: KEYS },
  });
  const up = (size, options) => () => upload(client, { key: "up", body: zeros(size), contentLength: size }, options);
  const down = (size, options) => async () => {
    const { body } = await download(client, { key: `${size}` }, options);
    const reader = body.getReader();
    let length = 0;
    for (let got = await reader.read(); !got.done; got = await reader.read()) length += got.value.length;
    if (length !== size) throw new Error(`${length} bytes came of ${size}`);
  };
  return { up, down };
}
