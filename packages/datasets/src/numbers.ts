const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** The finite number that `text` writes, or undefined. */
export function parseNumber(text: string): number | undefined {
  const value = Number(text);
  // Number('') is 0.
  return Number.isFinite(value) && text.trim() !== '' ? value : undefined;
}

/**
 * An ISO 8601 date as milliseconds since 1970, or undefined.
 *
 * Without a time zone it is UTC: in the machine's zone, as JavaScript has it, the same file would sort
 * differently elsewhere, and the hour of a clock change would come out of order.
 */
export function parseIsoDate(text: string): number | undefined {
  const [, day, time = '00:00', zone = 'Z'] = isoDate.exec(text.trim()) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const value = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(value) ? undefined : value;
}

/** Date.parse takes 30 February for 1 March. */
function isDay(day: string): boolean {
  const value = Date.parse(day);
  return !Number.isNaN(value) && new Date(value).toISOString().startsWith(day);
}
