import type { FastKernels } from './fast-kernels.js';

/**
 * Multiplies two small matrices, one of them transposed, and compares with the plain sums.
 *
 * @throws Error where they differ, so that kernels which were linked to the wrong memory are never used.
 */
export function selfTest(fast: FastKernels): void {
  const [rows, columns, depth] = [6, 9, 5];
  const sizes = [rows * depth, columns * depth, rows * columns];
  const [a, b, c] = sizes.map((size) => fast.allocate(size)) as [number, number, number];
  try {
    const left = fast.floats(a, sizes[0]!).map((_, place) => (place % 7) - 3);
    const right = fast.floats(b, sizes[1]!).map((_, place) => (place % 5) - 2);
    fast.floats(a, left.length).set(left);
    fast.floats(b, right.length).set(right);
    fast.matMul(false, true, rows, columns, depth, a, b, c);
    fast.floats(c, sizes[2]!).forEach((value, place) => {
      const [row, column] = [Math.floor(place / columns), place % columns];
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += left[row * depth + k]! * right[column * depth + k]!;
      if (value !== sum) throw new Error(`the self-test computed ${value} where ${sum} was right`);
    });
  } finally {
    for (const address of [a, b, c]) fast.free(address);
  }
}
