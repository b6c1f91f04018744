/** How the compiled kernels number activations; the same numbers stand in assembly/activation.ts. */
export const ACTIVATIONS = {
  linear: 0,
  relu: 1,
  relu6: 2,
  sigmoid: 3,
  tanh: 4,
  elu: 5,
  leakyrelu: 6,
  prelu: 7,
} as const;

/** The activations of a dense layer whose gradient follows from its output alone. */
export type DenseActivation = 'linear' | 'relu' | 'sigmoid' | 'tanh';

const DENSE_ACTIVATIONS: readonly string[] = ['linear', 'relu', 'sigmoid', 'tanh'];

export function isDenseActivation(name: unknown): name is DenseActivation {
  return DENSE_ACTIVATIONS.includes(name as string);
}
