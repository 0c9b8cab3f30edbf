/**
 * Elements in one line each.
 * @module
 */

/** What an element is made with: attributes by name, `class` included; listeners as `onclick`. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;
type Child = Node | string | undefined | false;

/**
 * Makes an element.
 * @param tag its tag
 * @param attributes `true` is an attribute without a value; `false` and `undefined` are left out
 * @param children nodes and texts; `undefined` and `false` are left out
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page lacks #${id}`);
  return found;
}

/** Writes pieces of text, one element each: the style sheet sets the dots between them. */
export function setPieces(element: Element, pieces: readonly string[]): void {
  for (const [index, piece] of pieces.entries()) {
    const place = element.children[index];
    if (place === undefined) element.append(el("span", {}, piece));
    else setText(place, piece);
  }
  while (element.childNodes.length > pieces.length) element.lastChild?.remove();
}

/** Writes a text, only when it changes: screen readers hear every write. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
