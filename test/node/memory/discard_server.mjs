/** A service that takes parts and keeps nothing, in a process of its own; prints its port. */
import { createServer } from "node:http";

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  request.resume();
  request.once("end", () => {
    const root = url.searchParams.has("uploads") ? "InitiateMultipartUploadResult" : "CompleteMultipartUploadResult";
    const listed = request.method === "GET" ? "<ListPartsResult></ListPartsResult>" : "";
    const xml = request.method === "POST" ? `<${root}><UploadId>1</UploadId><ETag>e</ETag></${root}>` : listed;
    response.writeHead(200, { etag: '"e"', "content-length": xml.length }).end(xml);
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
process.once("disconnect", () => process.exit());
