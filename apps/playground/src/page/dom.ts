import { make } from '@rl-recsys/live-view';

export { make };

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
