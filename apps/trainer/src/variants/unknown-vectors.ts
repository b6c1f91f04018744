/** Float32 `[size, size]`: one-hot vectors, for things that nothing else is known of. */
export function identityMatrix(size: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let row = 0; row < size; row++) matrix[row * size + row] = 1;
  return matrix;
}
