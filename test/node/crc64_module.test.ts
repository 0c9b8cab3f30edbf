/** The module of the CRC-64: what is delivered is what its text says, and it is right for bodies of any length. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { combineCrc64, crc64, createCrc64 } from "../../src/checksum/crc64.ts";
import { MODULE } from "../../src/checksum/crc64_module.ts";
import { assert, environment, test } from "../harness.ts";
import { noise } from "../unit/checksum/kernels.ts";

interface Generator {
  moduleFiles(): { name: string; content: Buffer; file: string }[];
}
interface Assembler {
  assemble(source: string): Uint8Array<ArrayBuffer>;
}

const structure = (name: string): string => path.join(environment.root, "test/structure", name);
const { moduleFiles }: Generator = await import(structure("crc64_module.mjs"));
const { assemble }: Assembler = await import(structure("wasm_text.mjs"));

test("the generated files are those that the text makes, byte for byte", () => {
  const files = moduleFiles();
  assert.sameMembers(
    files.map(({ name }) => name),
    ["crc64.wasm", "crc64_module.ts"],
  );
  for (const { name, content, file } of files)
    assert.isTrue(content.equals(readFileSync(file)), `${name}: node test/structure/crc64_module.mjs --write`);
  const wasm = readFileSync(path.join(environment.root, "src/checksum/crc64.wasm"));
  assert.equal(wasm.toString("base64"), MODULE);
  assert.isBelow(wasm.length, 1024);
});

test("the kernel needs nothing from outside and offers its memory and one function", () => {
  const module = new WebAssembly.Module(Buffer.from(MODULE, "base64"));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.deepEqual(
    WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`),
    ["memory m", "function f"],
  );
});

test("the assembler encodes numbers of every size, and refuses what it does not know", async () => {
  const numbers = [0, 1, 63, 64, -64, -65, 127, 128, 8191, 8192, 65_535, 1 << 30, -1, -(2 ** 31), 2 ** 31 - 1];
  for (const number of numbers) {
    const source = `(module (memory (export "m") 1) (func (export "f") (param $at i32)
      local.get $at i32.const ${number} i32.add local.set $at))`;
    assert.isTrue(WebAssembly.validate(assemble(source)), String(number));
  }
  const wrong = ["i32.mul", "local.get $b", "v128.load", "loop $a", "br_if $a", ")", "("];
  for (const body of wrong)
    assert.throws(() => assemble(`(module (memory 1) (func (param $a i32) ${body}))`), SyntaxError, undefined, body);
});

test("a sum of more than 4 GiB", { timeout: 120_000 }, () => {
  const block = noise(1 << 26, 5);
  const sum = createCrc64();
  let expected = 0n;
  const own = crc64(block);
  for (let length = 0; length <= 2 ** 32; length += block.length) {
    sum.update(block);
    expected = combineCrc64(expected, own, block.length);
  }
  assert.equal(sum.digest(), expected);
});
