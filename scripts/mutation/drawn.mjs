import { createHash } from 'node:crypto';

/** `count` mutants by the order of their hashes with `seed`: an edit elsewhere leaves most of them the same. */
export function drawn(mutants, count, seed) {
  const rank = ({ key }) => createHash('sha256').update(`${seed} ${key}`).digest('hex');
  return mutants
    .map((mutant) => [rank(mutant), mutant])
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .slice(0, count)
    .map(([, mutant]) => mutant);
}
