/**
 * Names of records where not every text is one.
 * @module
 */

const HASHED = /^#[0-9a-f]{64}$/;
const ENCODED = /^=[a-z0-9_%-]*$/;

/** Names of one place. */
export interface Names {
  /** The name for a record: `a-z 0-9 = # % _ -`, never too long. */
  nameOf(id: string): Promise<string>;
  /**
   * The record of a name.
   * @param name that was found
   * @param read reads the record: a name that is too long stands in it alone
   * @returns the id; of a damaged record what finds it all the same; nothing for names of others
   */
  idOf(name: string, read: () => Promise<unknown>): Promise<string | undefined>;
}

/**
 * Names records.
 * @param longest how many bytes a name may have
 */
export function createNames(longest: number): Names {
  const nameOf = async (id: string): Promise<string> => {
    if (HASHED.test(id)) return id;
    const name = encode(id);
    return name.length > longest ? hash(name) : name;
  };
  return {
    nameOf,
    async idOf(name, read) {
      if (!HASHED.test(name)) return ENCODED.test(name) ? decode(name) : undefined;
      const { id } = ((await read()) ?? {}) as { id?: unknown };
      return typeof id === "string" && (await nameOf(id)) === name ? id : name;
    },
  };
}

/** Also where names that differ in case alone are one, `con` and `a.` are none, and half a surrogate pair is replaced. */
function encode(id: string): string {
  return `=${id.replace(/[^a-z0-9_-]/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}`;
}

function decode(name: string): string {
  return name.slice(1).replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

async function hash(name: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return `#${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Half a record is told as it is: whoever reads it finds that it is none. */
export function parseRecord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
