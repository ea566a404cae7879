type Attributes = Readonly<Record<string, string | boolean | (() => void)>>;

/** An element with attributes, listeners (`onclick`) and children; text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** Puts these in place of what stands in the element. */
export function fill(element: Element, ...children: readonly (Node | string | null)[]): void {
  while (element.firstChild) element.firstChild.remove();
  for (const child of children) if (child !== null) element.append(child);
}
