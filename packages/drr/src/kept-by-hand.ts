import type { FastKernels } from '@rl-recsys/wasm-kernels';

/** What is computed by hand, for as many rows as it has room for. */
interface ByHand {
  readonly fast: FastKernels;
  readonly batchSize: number;
  free(): void;
}

/** What there is already, where it is of the same kernels and size; else another, and the room of the first is given back. */
export function keptByHand<Made extends ByHand | undefined>(
  kept: Made | undefined,
  fast: FastKernels,
  batchSize: number,
  make: () => Made,
): Made {
  if (kept?.batchSize === batchSize && kept.fast === fast) return kept;
  kept?.free();
  return make();
}
