/** What a page looks like to those who see or hear it badly. These run in the page, so each stands alone. */

/** Controls that a screen reader has no name for. */
export function namelessControls(): string[] {
  const controls = [...document.querySelectorAll<HTMLElement>("button, a, input, textarea, [role=progressbar]")];
  const named = (control: HTMLElement): boolean => {
    const { labels } = control as HTMLInputElement;
    const texts = [
      control.getAttribute("aria-label"),
      control.textContent,
      ...[...(labels ?? [])].map((label) => label.textContent),
    ];
    return texts.some((text) => (text ?? "").trim() !== "");
  };
  return controls.filter((control) => !named(control)).map((control) => control.outerHTML);
}

/** Texts whose colour is too near to what is behind them (WCAG AA: 4.5). */
export function faintTexts(): string[] {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) return ["(no canvas)"];
  const blend = (colors: readonly string[]): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (rgb: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = (element: Element | null): string[] =>
    element === null ? [] : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
  const faint = new Set<string>();
  const dialog = document.querySelector("dialog[open]");
  const walker = document.createTreeWalker(dialog ?? document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (element === null || text === "" || element.closest(".visually-hidden, .toast, .skip, noscript, [hidden]"))
      continue;
    if (element.getClientRects().length === 0) continue;
    const behind = backgrounds(element);
    const [text1, back] = [luminance(blend([...behind, getComputedStyle(element).color])), luminance(blend(behind))];
    const contrast = (Math.max(text1, back) + 0.05) / (Math.min(text1, back) + 0.05);
    if (contrast < 4.5) faint.add(`${text}: ${contrast.toFixed(2)}`);
  }
  return [...faint];
}

/** Texts of a row that one of its buttons covers. */
export function coveredTexts(): string[] {
  const rows = [...document.querySelectorAll("#transfer-list li, #file-list li")];
  return rows.flatMap((row) => {
    const buttons = [...row.querySelectorAll("button")].map((button) => button.getBoundingClientRect());
    const texts = [...row.querySelectorAll(".name, .transfer-status span, .transfer-status strong, .meta > *")];
    return texts
      .filter((text) =>
        [...text.getClientRects()].some((own) =>
          buttons.some(
            (one) =>
              Math.min(own.right, one.right) - Math.max(own.left, one.left) > 1 &&
              Math.min(own.bottom, one.bottom) - Math.max(own.top, one.top) > 1,
          ),
        ),
      )
      .map((text) => text.textContent ?? "");
  });
}
