import { elementOf } from "../../../src/codec/element.ts";
import type { AnyField, AnyShape, Shape } from "../../../src/codec/shape.ts";
import { encodeComponent } from "../../../src/codec/uri.ts";

/** Writes a value in a way that no writer would choose and every reader must understand. */
export function noisyXml<T extends object>(root: string, shape: Shape<T>, value: T, choices: readonly number[]): string;
export function noisyXml(root: string, shape: AnyShape, value: object, choices: readonly number[]): string {
  let turn = 0;
  /** The next of the given choices, over and over. */
  const choose = <T>(...from: readonly T[]): T => {
    const picked = from[(choices[turn++ % choices.length] ?? 0) % from.length];
    if (picked === undefined) throw new Error("Nothing to choose from");
    return picked;
  };
  const encoded = choose(true, false);

  const hidden = (): string => choose("", "", "<!-- <a> & -- > -->", "<?pi a > b?>", "<!---->");
  const space = (): string => choose("", "\n  ", " ", "\r\n\t") + hidden();
  const attributes = (): string => choose("", "", " ", ` xmlns='a"b'`, `\n a:b = "c>d'" _e=''`);

  const character = (one: string): string => {
    const code = one.codePointAt(0) ?? 0;
    const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
    const named = names[one] ?? one;
    const raw = one === "&" || one === "<" ? named : one;
    return choose(raw, raw, named, `&#x${code.toString(16)};`, `&#0${code};`, raw + hidden(), cdata(one));
  };
  const cdata = (one: string): string => `<![CDATA[${one}]]>`;
  const written = (text: string): string => [...text].map(character).join("");
  const element = (name: string, inside: string): string => {
    if (inside === "" && choose(true, false)) return `<${name}${attributes()}/>`;
    return `<${name}${attributes()}>${inside}</${name}${choose("", " ", "\n")}>`;
  };
  const unknown = (): string =>
    choose(
      "",
      "",
      "<Unknown/>",
      "<Unknown a='1'>x<Key>y</Key>&lt;</Unknown>",
      "<__proto__><constructor/></__proto__>",
      "<toString>1</toString>",
    );

  const scalar = (kind: AnyField["kind"], content: unknown): string => {
    if (content instanceof Date) return content.toISOString();
    if (kind === "text") return written(String(content));
    if (kind === "key") return written(encoded ? encodeComponent(String(content)) : String(content));
    // White space around what is no text does not count.
    return `${choose("", " ", "\n")}${content}${choose("", "\t")}`;
  };
  const item = (name: string, field: AnyField, content: unknown): string => {
    if (field.kind !== "object")
      return name === "." ? scalar(field.kind, content) : element(name, scalar(field.kind, content));
    return element(name, children(field.shape, content as object, false).join(""));
  };
  const property = (name: string, field: AnyField, content: unknown): string[] => {
    const path = elementOf(name, field).split("/");
    const last = path.pop() ?? "";
    const wrap = (inside: string): string => path.reduceRight((xml, wrapper) => element(wrapper, xml), inside);
    if (field.kind !== "list") return [wrap(item(last, field, content))];
    if (!Array.isArray(content)) throw new Error(`${name} is no list`);
    const items = content.map((one) => item(last, field.item, one));
    // One wrapper around all, or one around each.
    return choose(true, false) ? items.map(wrap) : [wrap(items.join(""))];
  };
  const children = (shape: AnyShape, owner: object, isRoot: boolean): string[] => {
    const groups = Object.entries(shape)
      .filter(([name]) => Reflect.get(owner, name) !== undefined)
      .map(([name, field]) => property(name, field, Reflect.get(owner, name)));
    if (isRoot && encoded) groups.unshift([element("EncodingType", choose("url", "URL", " url "))]);
    // White space would be text of an element that has text of its own.
    if (Object.values(shape).some((field) => field.element === ".")) return groups.flat();
    // The order of different elements says nothing.
    const first = choose(0, 1, 2, 3);
    return [...groups.slice(first), ...groups.slice(0, first)]
      .flat()
      .flatMap((part) => [space(), unknown(), part, space()]);
  };
  const prolog = choose("", "\ufeff", '<?xml version="1.0" encoding="UTF-8"?>\r\n', "<!-- c -->\n<?a b?>\r\n");
  return `${prolog}${element(root, children(shape, value, true).join(""))}${choose("", "\r\n", "<!-- end -->\n")}`;
}
