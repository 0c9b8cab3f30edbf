/**
 * Bodies side by side: bytes, and documents as trees where clients spell one document in several ways.
 */
import type { OfficialClient } from "./recorded.ts";

type Tree = readonly [name: string, content: string | readonly Tree[]];

/** How two bodies relate. */
export type Likeness = "bytes" | "tree" | "order" | "differs";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name = "") =>
    code === undefined ? (ENTITIES[name] ?? `&${name};`) : String.fromCodePoint(Number(code)),
  );
}

/** Reads a document without attributes; white space between elements is dropped. */
export function treeOf(xml: string): Tree {
  const open: { name: string; text: string; children: Tree[] }[] = [{ name: "", text: "", children: [] }];
  for (const [token, slash, name = "", empty] of xml
    .replace(/^<\?.*?\?>\s*/, "")
    .matchAll(/<(\/?)(\w+)(\/?)>|[^<]+/g)) {
    const top = open[open.length - 1] ?? { name, text: "", children: [] };
    if (!token.startsWith("<")) top.text += unescapeText(token);
    else if (slash === "/") {
      if (top.name !== name) throw new Error(`${token} ends <${top.name}>`);
      open.pop();
      open[open.length - 1]?.children.push([name, top.children.length > 0 ? top.children : top.text]);
    } else if (empty === "/") top.children.push([name, ""]);
    else open.push({ name, text: "", children: [] });
  }
  const [root] = open[0]?.children ?? [];
  if (root === undefined || open.length > 1) throw new Error(`no document: ${xml}`);
  return root;
}

/** The same tree with differently named siblings in one order; those of one name keep theirs. */
function ordered([name, content]: Tree): Tree {
  if (typeof content === "string") return [name, content];
  return [name, content.map(ordered).sort(([a], [b]) => (a < b ? -1 : Number(a > b)))];
}

/** What a client leaves out of, or spells wrongly in, a document of ours. */
function adapted(xml: string, client: OfficialClient, op: string): string {
  // Python v2 writes no default: Quiet is false without it.
  if (client === "python-v2" && op.startsWith("delete-multi")) return xml.replace("<Quiet>false</Quiet>", "");
  // ali-oss does not escape the tags of a bucket: what it sends is no XML.
  if (client === "ali-oss" && op === "bucket-tagging-put") return unescapeText(xml.replace(/^<\?.*\?>\n/, ""));
  return xml;
}

/** Compares a body of ours with a recorded one. */
export function likeness(ours: Uint8Array, theirs: Uint8Array, client: OfficialClient, op: string): Likeness {
  const recorded = Buffer.from(theirs).toString();
  if (Buffer.compare(ours, theirs) === 0) return "bytes";
  const own = adapted(Buffer.from(ours).toString(), client, op);
  if (own === recorded) return "tree";
  if (!own.startsWith("<") || !recorded.startsWith("<")) return "differs";
  const [a, b] = [treeOf(own), treeOf(recorded)];
  if (JSON.stringify(a) === JSON.stringify(b)) return "tree";
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b)) ? "order" : "differs";
}
