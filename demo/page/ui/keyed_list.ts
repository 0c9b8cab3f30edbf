/**
 * A list that keeps the elements of what stays, so that focus, hover and motion survive an update.
 * @module
 */

/** What shows one item. */
export interface ItemView<T> {
  readonly element: HTMLElement;
  update(item: T): void;
}

/**
 * Makes a function that brings a parent's children up to date.
 * @param parent holds nothing else
 * @param keyOf tells items apart
 * @param create makes the view of an item that is new
 */
export function keyedList<T>(
  parent: HTMLElement,
  keyOf: (item: T) => string | number,
  create: (item: T) => ItemView<T>,
): (items: readonly T[]) => void {
  let views = new Map<string | number, ItemView<T>>();
  return (items) => {
    const next = new Map<string | number, ItemView<T>>();
    for (const item of items) {
      const key = keyOf(item);
      const view = views.get(key) ?? create(item);
      next.set(key, view);
      view.update(item);
    }
    for (const [key, view] of views) if (!next.has(key)) view.element.remove();
    let place = parent.firstElementChild;
    for (const { element } of next.values()) {
      // A node that is moved loses focus: insert only what is not in place.
      if (element === place) place = place.nextElementSibling;
      else parent.insertBefore(element, place);
    }
    views = next;
  };
}
