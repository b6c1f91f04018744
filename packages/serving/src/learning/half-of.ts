import { Random } from '@rl-recsys/random';

/** Which half of a log a session is of, by its id alone: so that what one version has learned from no later one is judged by. */
export function halfOf(session: string): 'learn' | 'judge' {
  return Random.fromSeed(JSON.stringify(['half', session])).uniform() < 0.5 ? 'learn' : 'judge';
}
