/** What a caller of processing and SelectObject can get wrong. Each comment promises an error in the lines that follow it. */
import { createClient, doc, getObject, image, processObject, selectObject, video } from "oss-fetch";

const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });

// Error: a misspelt option
void image().resize({ widht: 100 });

// Error: an action that images do not have
void image().snapshot({ time: 0 });

// Error: a snapshot needs its time
void video().snapshot({ format: "jpg" });

// Error: nothing follows what is saved
void image().rotate(90).saveAs({ key: "a" }).rotate(90);

// Error: only what is saved is told of
void doc().convert({ target: "pdf" }).notify("done");

// Error: a target needs its key
void image().rotate(90).saveAs({ bucket: "photos" });

// Error: an object is no chain
void getObject(client, { key: "a", process: { width: 100 } });

// Error: what is to be done is missing
void processObject(client, { key: "a" });

// Error: SQL is required
void selectObject(client, { key: "a" });

// Error: JSON needs its type
void selectObject(client, { key: "a", expression: "select 1", inputSerialization: { json: {} } });
