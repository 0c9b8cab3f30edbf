/** Processing and SelectObject as callers write them. */
import {
  asyncProcessObject,
  createClient,
  getObject,
  image,
  type Process,
  presign,
  processObject,
  type SelectObjectResult,
  selectObject,
  textLines,
  video,
} from "oss-fetch";

const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });

const thumbnail: Process = image().resize({ width: 100, mode: "fill" }).format("webp");
void getObject(client, { key: "a", process: thumbnail });
void getObject(client, { key: "a", process: "style/thumbnail" });
void presign(client, getObject, { key: "a", process: thumbnail }, { expiresIn: 60 });
void processObject(client, { key: "a", process: image().rotate(90).saveAs({ key: "b", bucket: "c" }) });
void asyncProcessObject(client, {
  key: "a",
  asyncProcess: video().convert({ format: "mp4" }).saveAs({ key: "b" }).notify("done"),
});

/** Rows as they come. */
export async function rows(): Promise<string[]> {
  const found: string[] = [];
  const result: SelectObjectResult = await selectObject(client, {
    key: "a.csv",
    expression: "select _1 from ossobject",
    inputSerialization: { csv: { fileHeaderInfo: "Use", lineRange: [0, 9] } },
  });
  for await (const line of textLines(result.body)) found.push(line);
  return found;
}
