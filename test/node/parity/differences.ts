/**
 * Where oss-fetch and an official client are meant to differ. A row says for whom and where, and both values exactly:
 * what no row explains is a failure, and so is a row that explains nothing.
 */
import { createHash } from "node:crypto";
import type { Sent } from "./drive.ts";
import type { OfficialClient, Recorded } from "./recorded.ts";

/** Two requests for one call. */
export interface Pair {
  readonly ours: Sent;
  readonly theirs: Recorded;
}

type Value = string | undefined | ((pair: Pair) => string | undefined);

/** A declared difference. */
export interface Difference {
  /** The header or parameter, or several of them. */
  readonly names: string;
  readonly clients?: readonly OfficialClient[];
  readonly version?: "v1" | "v4";
  readonly ops?: RegExp;
  readonly ours: Value;
  readonly theirs: Value;
  readonly why: string;
}

const DATE = "Fri, 02 Jan 2026 03:04:05 GMT";

export function md5(body: Uint8Array): string {
  return createHash("md5").update(body).digest("base64");
}

const theirMd5 = ({ theirs }: Pair): string => md5(theirs.body);
const whatever = (side: "ours" | "theirs", name: string) => (pair: Pair) => pair[side].headers.get(name);

const target = whatever("ours", "x-oss-symlink-target");

/** Headers that belong to the connection, or to the signature itself; none is signed. */
export const UNSIGNED: Readonly<Record<string, string>> = {
  authorization: "claims and signature are compared on their own",
  host: "set by fetch from the address, which is compared on its own",
  "user-agent": "names the client",
  connection: "set by the HTTP stack",
  accept: "set by the HTTP stack",
  "accept-language": "set by Node's fetch, which used the URLs that ali-oss had signed",
  "sec-fetch-mode": "set by Node's fetch, which used the URLs that ali-oss had signed",
  "accept-encoding": "set by the HTTP stack; ours asks for identity, so that no answer loses length and ETag",
  "content-length": "framing is fetch's",
  "transfer-encoding": "framing is fetch's; Go sends chunks also where there is no body",
};

const TYPES: Readonly<Record<string, string>> = { txt: "text/plain", jpg: "image/jpeg", log: "text/plain" };
const typeOfKey = ({ theirs }: Pair): string => TYPES[/\.(\w+)$/.exec(theirs.key)?.[1] ?? ""] ?? OCTETS;
const OCTETS = "application/octet-stream";
const XML = "application/xml";
const V2: readonly OfficialClient[] = ["go-v2", "python-v2"];

export const HEADERS: readonly Difference[] = [
  {
    names: "date",
    version: "v4",
    clients: V2,
    ours: undefined,
    theirs: DATE,
    why: "V4 signs x-oss-date only, and a page cannot set Date",
  },
  {
    names: "date",
    version: "v1",
    clients: ["aliyun-sdk", "go-v2", "oss2", "python-v2"],
    ours: undefined,
    theirs: DATE,
    why: "a page cannot set Date: ours has the same time in x-oss-date, which stands on V1's date line, as ali-oss does",
  },
  {
    names: "x-oss-date",
    version: "v1",
    clients: ["aliyun-sdk", "go-v2", "oss2", "python-v2"],
    ours: DATE,
    theirs: undefined,
    why: "the other half of the row above",
  },
  {
    names: "content-md5",
    ops: /^delete-multi/,
    ours: ({ ours }) => md5(ours.body),
    theirs: theirMd5,
    why: "the one call that needs it; the documents differ in spelling, so their sums do",
  },
  {
    names: "content-md5",
    clients: ["ali-oss", "aliyun-sdk", "go-v2", "python-v2", "oss2"],
    ops: /^(?!delete-multi)/,
    ours: undefined,
    theirs: theirMd5,
    why: "not asked for by the service: ours checks bodies by CRC-64, and WebCrypto has no MD5",
  },
  {
    names: "content-type",
    clients: ["ali-oss"],
    ours: undefined,
    theirs: typeOfKey,
    why: "ali-oss guesses a type from the key on every object call, also without a body; on a copy it means nothing",
  },
  {
    names: "content-type",
    clients: ["aliyun-sdk"],
    ours: whatever("ours", "content-type"),
    theirs: OCTETS,
    why: "aliyun-sdk names this type wherever its caller named none, and guesses nothing",
  },
  {
    names: "content-type",
    clients: V2,
    ops: /^(service|bucket|list)-/,
    ours: undefined,
    theirs: OCTETS,
    why: "the v2 clients type bodiless calls on services and buckets",
  },
  {
    names: "content-type",
    clients: V2,
    ops: /^(bucket-|restore$)/,
    ours: undefined,
    theirs: XML,
    why: "the v2 clients type bodiless calls whose siblings have documents",
  },
  {
    names: "content-type",
    clients: ["go-v2", "oss2", "python-v2"],
    ops: /^multipart-part-\d/,
    ours: OCTETS,
    theirs: undefined,
    why: "ours types every body itself, or fetch would do so after the signature; a part's type means nothing",
  },
  {
    names: "content-type",
    clients: ["go-v2", "oss2", "python-v2"],
    ours: ({ ours }) => (ours.body.length > 0 ? XML : undefined),
    theirs: undefined,
    why: "these clients leave most documents of objects, and oss2 all documents, without a type",
  },
  {
    names: "content-type",
    clients: ["go-v2"],
    ops: /^append-/,
    ours: "text/plain",
    theirs: "text/x-log",
    why: "each client's table of extensions has its own type for .log; ours and ali-oss agree",
  },
  {
    names: "content-type",
    clients: ["python-v2"],
    ops: /^append-/,
    ours: "text/plain",
    theirs: OCTETS,
    why: "Python v2 does not know .log",
  },
  {
    names: "content-type",
    clients: ["oss2"],
    ops: /^append-/,
    ours: "text/plain",
    theirs: undefined,
    why: "oss2 guesses no type for appends",
  },
  {
    names: "x-oss-copy-source",
    clients: ["ali-oss", "aliyun-sdk", "oss2"],
    ours: whatever("ours", "x-oss-copy-source"),
    theirs: ({ ours }) => {
      const [, bucket = "", key = ""] = /^\/([^/]+)\/(.*)$/.exec(ours.headers.get("x-oss-copy-source") ?? "") ?? [];
      return `/${bucket}/${key.replaceAll("/", "%2F")}`;
    },
    why: "slashes of the source's key are escaped or not: the service decodes both, ours agrees with the v2 clients",
  },
  {
    names: "x-oss-copy-source-content-type",
    clients: ["ali-oss"],
    ops: /^copy$/,
    ours: undefined,
    theirs: "text/x-copy",
    why: "ali-oss prefixes options of a copy blindly; the service knows no such header",
  },
  {
    names: "x-oss-symlink-target",
    clients: ["oss2", "python-v2"],
    ours: target,
    theirs: (pair) => target(pair)?.replaceAll("/", "%2F"),
    why: "slashes of a target are escaped or not: the service decodes both, ours agrees with ali-oss",
  },
  {
    names: "x-oss-symlink-target",
    clients: ["go-v2"],
    ops: /^symlink-put$/,
    ours: target,
    theirs: (pair) => target(pair)?.replaceAll("/", "%2F").replaceAll("%20", "+"),
    why: "the Go client leaves the escaping to its caller, who used a form's",
  },
  {
    names: "x-oss-symlink-target",
    clients: ["go-v2"],
    ops: /^symlink-put-raw-utf8-target$/,
    ours: target,
    theirs: (pair) => Buffer.from(decodeURIComponent(target(pair) ?? "")).toString("latin1"),
    why: "the Go client leaves the escaping to its caller, who forgot it; a page could not send that",
  },
  {
    names: "x-oss-range-behavior",
    ops: /^get-range/,
    ours: "standard",
    theirs: undefined,
    why: "without it a bad range is answered with the whole object",
  },
];

export const QUERY: readonly Difference[] = [
  {
    names: "encoding-type",
    clients: ["ali-oss", "aliyun-sdk"],
    ops: /^(list-(v1|v2|versions)|multipart-(init|list|complete|managed)|delete-multi)/,
    ours: "url",
    theirs: undefined,
    why: "keys with control characters break the answer's XML unless it is asked for; the v2 clients ask as well",
  },
  {
    names: "encoding-type",
    clients: ["oss2"],
    ops: /^multipart-(init|list-parts|complete)/,
    ours: "url",
    theirs: undefined,
    why: "oss2 asks for it in lists only",
  },
  {
    names:
      "prefix delimiter marker start-after continuation-token key-marker version-id-marker upload-id-marker part-number-marker",
    clients: ["oss2"],
    ops: /list/,
    ours: undefined,
    theirs: "",
    why: "oss2 sends parameters that were not given, as empty ones",
  },
  {
    names: "max-keys",
    clients: ["oss2"],
    ops: /^list-v\d-default/,
    ours: undefined,
    theirs: "100",
    why: "oss2's default page; ours leaves it to the service, whose default is the same",
  },
  {
    names: "fetch-owner",
    clients: ["oss2"],
    ops: /^list-v2-default/,
    ours: undefined,
    theirs: "false",
    why: "oss2 sends the default",
  },
];

/** The path as that client spells the same bytes; ours escapes as the canonical request does. */
export function respelled(path: string, client: OfficialClient, op: string): string {
  // oss2 escapes the slashes of keys, unless told not to; ali-oss leaves four marks bare, and escapes the apostrophe.
  if (client === "oss2" && op !== "presign-get-slash-safe") return `/${path.slice(1).replaceAll("/", "%2F")}`;
  if (client === "ali-oss") return path.replace(/%(21|28|29|2A)/g, (mark) => decodeURIComponent(mark));
  return path;
}

function told(value: Value, pair: Pair): string | undefined {
  return typeof value === "function" ? value(pair) : value;
}

/** Finds the row that explains a difference. */
export function explain(rows: readonly Difference[], name: string, pair: Pair, found: readonly [Value, Value]) {
  const { op, client, version } = pair.theirs;
  return rows.find(
    (row) =>
      row.names.split(" ").includes(name) &&
      (row.clients?.includes(client) ?? true) &&
      (row.version ?? version) === version &&
      (row.ops?.test(op) ?? true) &&
      told(row.ours, pair) === found[0] &&
      told(row.theirs, pair) === found[1],
  );
}
