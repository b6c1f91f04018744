/** Text that is HTML already and goes into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

/**
 * A template tag for HTML: whatever is not {@link Html} is escaped, so that nobody can forget it.
 *
 * A list is put in item after item.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const texts = values.map((value) => [value].flat().map(textOf).join(''));
  return new Html(parts.map((part, index) => part + (texts[index] ?? '')).join(''));
}

function textOf(value: string | number | Html): string {
  return value instanceof Html ? value.text : escape(String(value));
}

/** Escaped for text and for quoted attributes. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
