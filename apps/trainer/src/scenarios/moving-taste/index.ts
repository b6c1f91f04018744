import { Random } from '@rl-recsys/random';
import { paper } from '../../variants/paper/index.js';
import { residualInSessions } from '../../variants/residual/index.js';
import { described } from '../describe-log.js';
import { holdOutNewest } from '../hold-out.js';
import type { LogScenario } from '../scenario.js';
import { ofFirstUsers } from './first-users.js';

/** So many simulated users tell as much as MovieLens 100K's; ranking for all takes longer than learning. */
const HELD_OUT_USERS = 1000;

/** Sessions of each measured user, because the ratings that a policy sees are noisy. */
const SESSIONS = 2;

/** Simulated users whose taste moves within a session, and the log that another recommender left of them. */
export const movingTaste: LogScenario = {
  kind: 'log',
  names: ['moving-taste'],
  givenBy: '--dataset moving-taste',
  about: 'simulated users whose taste moves as they are shown items; needs no data',
  examples: ['', '--steps 6400 --seed 2'],
  options: {},
  reason: 'users of moving-taste are simulated, and the seed makes their log',
  variants: [residualInSessions, paper],
  async load({ seed }) {
    const { simulatedLog } = await import('@rl-recsys/simulators');
    return described(simulatedLog(seed));
  },
  holdOut(log) {
    const { train, test } = holdOutNewest(log);
    return { train, test: ofFirstUsers(test, HELD_OUT_USERS) };
  },
  async sessions({ seed, historySize }, remembers) {
    const { measureSessions, simulatedWorld } = await import('@rl-recsys/simulators');
    const { world, measured } = simulatedWorld(seed);
    const random = Random.fromSeed(seed).fork('measured sessions');
    const measuring = { world, historySize, remembers, users: measured, sessions: SESSIONS, random };
    return (policy) => measureSessions(policy, measuring);
  },
  async simulator({ seed }) {
    const { movingTasteEnvironment, simulatedWorld } = await import('@rl-recsys/simulators');
    const { world, trained } = simulatedWorld(seed);
    return (session) => movingTasteEnvironment({ world, users: trained, lendsCandidates: true, ...session });
  },
};
