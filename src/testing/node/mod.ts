/**
 * `oss-fetch/testing/node`: the in-process OSS behind a socket, with a folder to keep its bytes.
 * @module
 */
export { folderStore } from "./folder_store.ts";
export { type Listener, type ListenOptions, listen } from "./listen.ts";
export { loopbackFetch } from "./loopback_fetch.ts";
export { nodeMd5 } from "./node_md5.ts";
