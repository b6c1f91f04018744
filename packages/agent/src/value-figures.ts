/** `meanQ` and `maxQ`: the mean and the largest of a batch's values, as every learner of values tells them. */
export function valueFigures(values: Float32Array): { readonly meanQ: number; readonly maxQ: number } {
  return {
    meanQ: values.reduce((sum, value) => sum + value, 0) / values.length,
    maxQ: values.reduce((most, value) => Math.max(most, value), -Infinity),
  };
}
