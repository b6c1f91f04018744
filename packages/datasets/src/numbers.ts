/** The finite number that `text` writes, or undefined. */
export function parseNumber(text: string): number | undefined {
  const value = Number(text);
  // Number('') is 0.
  return Number.isFinite(value) && text.trim() !== '' ? value : undefined;
}
