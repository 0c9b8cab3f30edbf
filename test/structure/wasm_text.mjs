/**
 * An assembler for the little of WebAssembly's text format that our kernel needs: one memory, functions of i32 and v128, flat
 * instructions, `loop`; and `(repeat count instructions...)`, which is not WebAssembly's. What it does not know it refuses.
 * @module
 */
const TYPES = { i32: 0x7f, v128: 0x7b };
const KINDS = { func: 0, memory: 2 };

/** Unsigned LEB128. */
function unsigned(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** Signed LEB128. */
function signed(value) {
  const bytes = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -64 && rest < 64) return [...bytes, rest & 127];
    bytes.push((rest & 127) | 128);
  }
}

const simd = (code) => [0xfd, ...unsigned(code)];
const list = (items) => [...unsigned(items.length), ...items.flat()];
const text = (value) => list([...new TextEncoder().encode(value)]);
const section = (id, bytes) => [id, ...list(bytes)];

/** Instructions without operands, and those whose operands follow as words. */
const PLAIN = {
  end: [0x0b],
  "i32.add": [0x6a],
  "i32.lt_u": [0x49],
  "v128.xor": simd(0x51),
  "memory.copy": [0xfc, 0x0a, 0, 0],
};
const LOCAL = { "local.get": 0x20, "local.set": 0x21, "local.tee": 0x22 };
const MEMORY = { "v128.load": simd(0x00), "v128.store": simd(0x0b) };

/** Nested arrays of words; strings keep their quotes. */
function parse(source) {
  const root = [];
  const open = [root];
  for (const [word] of source.replace(/;;.*$/gm, "").matchAll(/[()]|"[^"]*"|[^\s()]+/g)) {
    const inner = open.at(-1);
    if (word === ")") open.pop();
    else if (word !== "(") inner.push(word);
    else open.push(inner[inner.push([]) - 1]);
    if (open.length === 0) throw new SyntaxError("A ) too many");
  }
  if (open.length !== 1 || root.length !== 1) throw new SyntaxError("A ( too many, or more than one form");
  return root[0];
}

function assembleBody(words, locals) {
  const bytes = [];
  const labels = [];
  const place = (names, name) => {
    if (!names.includes(name)) throw new SyntaxError(`Unknown name ${name}`);
    return names.indexOf(name);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (Object.hasOwn(PLAIN, word)) bytes.push(...PLAIN[word]);
    else if (Object.hasOwn(LOCAL, word)) bytes.push(LOCAL[word], ...unsigned(place(locals, words[++at])));
    else if (Object.hasOwn(MEMORY, word)) {
      const [, offset] = /^offset=(\d+)$/.exec(words[++at]) ?? [];
      if (offset === undefined) throw new SyntaxError(`${word} needs an offset`);
      // Alignment is a hint; ours is none, 2^0.
      bytes.push(...MEMORY[word], 0, ...unsigned(Number(offset)));
    } else if (word === "i8x16.shuffle")
      bytes.push(...simd(0x0d), ...Array.from({ length: 16 }, () => Number(words[++at])));
    else if (word === "i32.const") bytes.push(0x41, ...signed(Number(words[++at])));
    else if (word === "loop") {
      labels.unshift(words[++at]);
      bytes.push(0x03, 0x40);
    } else if (word === "br_if") bytes.push(0x0d, ...unsigned(place(labels, words[++at])));
    else throw new SyntaxError(`Unknown instruction ${word}`);
    if (word === "end") labels.shift();
  }
  if (labels.length > 0) throw new SyntaxError("A loop without end");
  return [...bytes, ...PLAIN.end];
}

/** Neighbours of one type are declared together. */
function runs(locals) {
  const found = [];
  for (const { type } of locals) {
    if (found.at(-1)?.[1] === type) found.at(-1)[0]++;
    else found.push([1, type]);
  }
  return found;
}

/** An instruction's word; of a form, what it repeats. */
function written(item) {
  if (!Array.isArray(item)) return item;
  const [head, count, ...words] = item;
  return head === "repeat" ? Array(Number(count)).fill(words).flat() : [];
}

function assembleFunction(form) {
  const declared = form.filter(Array.isArray);
  const of = (kind) =>
    declared.filter(([head]) => head === kind).map(([, name, type]) => ({ name, type: TYPES[type] }));
  const [parameters, locals] = [of("param"), of("local")];
  const names = [...parameters, ...locals].map(({ name }) => name);
  const body = assembleBody(form.slice(1).flatMap(written), names);
  return {
    type: [0x60, ...list(parameters.map(({ type }) => [type])), 0],
    code: list([...list(runs(locals)), ...body]),
  };
}

/**
 * Assembles a module.
 * @param {string} source its text
 * @returns {Uint8Array} its bytes
 */
export function assemble(source) {
  const [head, ...forms] = parse(source);
  if (head !== "module") throw new SyntaxError("Not a module");
  const of = (kind) => forms.filter(([word]) => word === kind);
  const functions = of("func").map(assembleFunction);
  const memories = of("memory").map((form) => [0, ...unsigned(Number(form.at(-1)))]);
  const exported = ["memory", "func"].flatMap((kind) =>
    of(kind).flatMap((form, index) => {
      const [, name] = form.find((item) => item[0] === "export") ?? [];
      return name === undefined ? [] : [[...text(name.slice(1, -1)), KINDS[kind], index]];
    }),
  );
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(functions.map(({ type }) => type))),
    ...section(3, list(functions.map((_, index) => [index]))),
    ...section(5, list(memories)),
    ...section(7, list(exported)),
    ...section(10, list(functions.map(({ code }) => code))),
  ]);
}
