/**
 * A page costs what is on it, however many objects a bucket has: a short run of test/bench/many_objects.mjs.
 */
import { assert, environment, test } from "../harness.ts";
import { execute } from "../types/compilers.ts";

interface Walk {
  readonly kept: number;
  readonly growth: number;
  readonly used: number;
}

interface Figures {
  readonly service: { readonly ratios: Readonly<Record<"list" | "delimiter" | "delete", number>> };
  readonly client: { readonly idle: number } & Readonly<Record<"each" | "folderSize" | "deletePrefix", Walk>>;
}

test("20 times the objects: pages as fast, and no more memory", { timeout: 300_000 }, async (t) => {
  const sizes = ["--count", "20000", "--small", "1000", "--seed", "1"];
  const args = ["test/bench/many_objects.mjs", ...sizes, "--json"];
  const { code, output } = await execute(process.execPath, args, environment.root);
  assert.equal(code, 0, output);
  const { service, client }: Figures = JSON.parse(output.trim().split("\n").at(-1) ?? "");
  const { idle, ...walks } = client;
  t.note(`ratios ${JSON.stringify(service.ratios)}; MiB ${JSON.stringify(client)}`);
  // What grows with the bucket would be 20; what grows with nothing is 1, and a busy machine doubles it at times.
  for (const [name, ratio] of Object.entries(service.ratios)) assert.isBelow(ratio, 5, name);
  for (const [name, { kept, growth, used }] of Object.entries(walks)) {
    // Half of the objects, kept, would be 5 MiB and more.
    assert.isBelow(growth, 3, `${name}, in its second half`);
    assert.isBelow(kept - idle, 16, name);
    assert.isBelow(used, 64, name);
  }
});
