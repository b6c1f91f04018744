/** One row of a regression. */
export interface Row {
  readonly features: readonly number[];
  readonly target: number;
  readonly weight?: number;
}

/**
 * Weighted ridge regression in float64, by Gauss and Jordan's elimination on the whole system, which needs
 * no pivoting where it is positive definite.
 */
export function ridge(rows: readonly Row[], penalties: readonly number[]): number[] {
  const sum = (term: (row: Row) => number) =>
    rows.reduce((total, row) => total + (row.weight ?? 1) * term(row), 0);
  const system = penalties.map((penalty, i) => [
    ...penalties.map((_, j) => (i === j ? penalty : 0) + sum(({ features }) => features[i]! * features[j]!)),
    sum(({ features, target }) => features[i]! * target),
  ]);
  for (const [i, pivotRow] of system.entries()) {
    const pivot = pivotRow[i]!;
    for (const [k, value] of pivotRow.entries()) pivotRow[k] = value / pivot;
    for (const other of system) {
      if (other === pivotRow) continue;
      const factor = other[i]!;
      for (const [k, value] of pivotRow.entries()) other[k]! -= factor * value;
    }
  }
  return system.map((row) => row.at(-1)!);
}
