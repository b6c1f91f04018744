/** Stands where there is no value. */
export const missing = '–';

const grouped = new Intl.NumberFormat('en-GB');
const threeDigits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** A count with its thousands set apart, such as 1,000,209. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A measured value in three significant digits, such as −0.0513. */
export function formatValue(value: number): string {
  return threeDigits.format(value).replace('-', '−');
}

/** A share in four digits, such as 0.7321; a dash where there is none. */
export function formatScore(score: number | null): string {
  return score === null ? missing : score.toFixed(4);
}
