/** Makes an element with attributes and children; text is text and never HTML. For pages around the view. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The color that a property of the style sheet has here now: a canvas knows nothing of it. */
export function colorOf(element: Element, property: string): string {
  return getComputedStyle(element).getPropertyValue(property).trim();
}
