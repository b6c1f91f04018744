const NAME = /^checkpoint-(\d{6,})(?:\.json|-\d{4,}\.bin)$/;

/** The record that seals a checkpoint. */
export function manifestName(number: number): string {
  return `checkpoint-${padded(number, 6)}.json`;
}

/** One of the records that it seals. */
export function recordName(number: number, place: number): string {
  return `checkpoint-${padded(number, 6)}-${padded(place, 4)}.bin`;
}

/** Which checkpoint a record is of; undefined where it is of none. */
export function numberOf(name: string): number | undefined {
  const [, digits] = NAME.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
