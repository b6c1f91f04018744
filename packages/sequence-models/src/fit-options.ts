/** @throws RangeError where an option of a fit is out of range; it names it. */
export function assertFitOptions(
  options: Readonly<
    Record<'size' | 'units' | 'window' | 'windowsPerUser' | 'epochs' | 'batchSize' | 'negatives', number> &
      Record<'learningRate' | 'dropout' | 'disliked', number>
  >,
): void {
  const { size, units, window, windowsPerUser, epochs, batchSize, negatives } = options;
  const counts = { size, units, window, windowsPerUser, epochs, batchSize, negatives };
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: expected a positive integer, got ${value}`);
    }
  }
  const { learningRate, dropout, disliked } = options;
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`learningRate: expected a positive number, got ${learningRate}`);
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(`dropout: expected a number in [0, 1), got ${dropout}`);
  }
  if (!(disliked >= 0 && disliked < Infinity)) {
    throw new RangeError(`disliked: expected a number of 0 or more, got ${disliked}`);
  }
}
