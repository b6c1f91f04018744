/** Makes an element with attributes and children; text is text and never HTML. */
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

/** A section with its heading. */
export function section(heading: string, name: string, ...children: readonly (Node | string)[]): HTMLElement {
  const title = make('h2', { id: `${name}-heading` }, heading);
  return make('section', { class: `pg-${name}`, 'aria-labelledby': title.id }, title, ...children);
}

/** A button that does something. */
export function button(text: string, onClick: () => void, kind = ''): HTMLButtonElement {
  const made = make('button', { type: 'button', ...(kind && { class: kind }) }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** A choice among named values. */
export function choice(
  name: string,
  options: readonly { readonly value: string; readonly text: string }[],
): HTMLSelectElement {
  return make('select', { name }, ...options.map(({ value, text }) => make('option', { value }, text)));
}
