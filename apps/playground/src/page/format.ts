const counts = new Intl.NumberFormat('en-GB');
const decimals = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A count with its thousands set apart. */
export function count(value: number): string {
  return counts.format(value);
}

/** Two decimals and a real minus. */
export function decimal(value: number): string {
  return decimals.format(value).replace('-', '−');
}

/** Two decimals with their sign. */
export function signed(value: number): string {
  return value < 0 ? decimal(value) : `+${decimal(value)}`;
}

/** How long ago something was, in words. */
export function ago(at: number, now: number = Date.now()): string {
  const minutes = Math.round((now - at) / 60_000);
  if (minutes < 1) return 'a moment ago';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  return `${Math.round(hours / 24)} days ago`;
}
