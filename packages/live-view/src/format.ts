const digits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });
const counts = new Intl.NumberFormat('en-GB');

/** A value in four significant digits, such as −0.05132. */
export function formatValue(value: number): string {
  return (value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(2) : digits.format(value)).replace(
    '-',
    '−',
  );
}

/** A count with its thousands set apart. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** As short as it must be beside an axis: 96,000 is 96k. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${formatValue(value / 1e6)}M`;
  if (size >= 1e4) return `${formatValue(value / 1e3)}k`;
  return formatValue(value);
}
