/** Forms: what oss-fetch signs and posts, beside what ali-oss did. */
import { postObject, postPolicy } from "../../../src/mod.ts";
import { clientLike, located } from "./drive.ts";
import type { Recorded } from "./recorded.ts";
import { hmacV1, hmacV4 } from "./signer.ts";

/** A posted form. */
export interface Form {
  readonly path: string;
  /** In order, `file` last. */
  readonly names: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
  readonly expiration: unknown;
  /** Conditions of the policy, each one spelled as a list, in order. */
  readonly conditions: readonly string[];
  /** What the policy's signature must be. */
  readonly signature: string;
}

function form(path: string, fields: ReadonlyMap<string, string>): Form {
  const policy = fields.get("policy") ?? "";
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, "base64").toString());
  const listed = (conditions as (readonly unknown[] | Readonly<Record<string, string>>)[]).map((condition) =>
    JSON.stringify(Array.isArray(condition) ? condition : ["eq", ...Object.entries(condition).flat()]),
  );
  const signature = fields.has("OSSAccessKeyId") ? hmacV1(policy) : hmacV4(policy);
  return { path, names: [...fields.keys()], fields, expiration, conditions: listed.sort(), signature };
}

/** The signature that a form carries. */
export function signatureIn({ fields }: Form): string | undefined {
  return fields.get("x-oss-signature") ?? fields.get("Signature");
}

/** Reads a recorded form. */
export function recordedForm({ path, body }: Recorded): Form {
  const parts = Buffer.from(body)
    .toString()
    .matchAll(/name="([^"]+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--/gs);
  return form(path, new Map(Array.from(parts, ([, name = "", value = ""]) => [name, value])));
}

/** Signs and posts the same form. */
export async function postedForm(recorded: Recorded): Promise<Form> {
  let sent: Form | undefined;
  const client = clientLike(recorded, async (url, init) => {
    const fields = new Map<string, string>();
    for (const [name, value] of init.body as FormData)
      fields.set(name, typeof value === "string" ? value : await value.text());
    sent = form(located(url, recorded.pathStyle).path, fields);
    return new Response(null, { status: 204 });
  });
  const signed = await postPolicy(client, { keyPrefix: "user/", minSize: 1, maxSize: 1024, expiresIn: 3600 });
  await postObject(client, { form: signed, key: "user/post.txt", body: "filedata" });
  if (sent === undefined) throw new Error("nothing was posted");
  return sent;
}
