/** ISO 8601, with a blank for the T and before the zone, as databases and Go write it. */
const isoDate =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?: ?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?: UTC)?))?)?$/;

/** RFC 2822, as in mails and HTTP: the day of the week, seconds and zone may be left out. */
const mailDate =
  /^(?:[A-Z][a-z]{2}, *)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}(?::\d{2})?)(?: (GMT|UTC|UT|Z|[+-]\d{4}))?$/;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A date of ISO 8601 or RFC 2822 as milliseconds since 1970, or undefined.
 *
 * Without a time zone it is UTC: in the machine's zone, as JavaScript has it, the same file would sort
 * differently elsewhere, and the hour of a clock change would come out of order.
 */
export function parseDate(text: string): number | undefined {
  const trimmed = text.trim();
  const iso = isoDate.exec(trimmed);
  if (iso) return millisecondsOf(iso[1]!, (iso[2] ?? '00:00').replace(',', '.'), iso[3]);
  const [, day, month, year, time, zone] = mailDate.exec(trimmed) ?? [];
  const number = months.indexOf(month!) + 1;
  if (number === 0) return undefined;
  const date = `${year}-${String(number).padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return millisecondsOf(date, time!, zone);
}

function millisecondsOf(day: string, time: string, zone = 'Z'): number | undefined {
  if (!isDay(day)) return undefined;
  const value = Date.parse(`${day}T${time}${offsetOf(zone)}`);
  return Number.isNaN(value) ? undefined : value;
}

/** A zone as Date.parse knows it: `+0530 UTC` is +05:30, and a name is that of UTC. */
function offsetOf(zone: string): string {
  const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?/.exec(zone) ?? [];
  return hours === undefined ? 'Z' : `${hours}:${minutes}`;
}

/** Date.parse takes 30 February for 1 March. */
function isDay(day: string): boolean {
  const value = Date.parse(day);
  return !Number.isNaN(value) && new Date(value).toISOString().startsWith(day);
}
