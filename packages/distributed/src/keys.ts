/** Where things lie in Redis. All keys of a group have its name in braces, by which a cluster keeps them in one place. */
export interface Keys {
  /** Hash: whose run it is, how far it is, and what its learner says of it. */
  readonly run: string;
  /** Stream: rounds that are not in a checkpoint yet; the number of an entry is its place among all rounds. */
  readonly rounds: string;
  /** What actors act by. */
  readonly weights: string;
  /** The epoch of the learner that is alive; gone when it has not been heard of for a while. */
  readonly lease: string;
  /** Sorted set: when each actor was heard of last, in seconds. */
  readonly alive: string;
  /** The newest sequence of an actor. */
  readonly sequence: (actor: string) => string;
}

/** Whether an actor may have this name, which is a part of a key. */
export function isActorName(name: string): boolean {
  return /^[\w.-]{1,200}$/.test(name);
}

/** @throws Error where the name has other characters than letters, digits, `.`, `_` and `-`. */
export function keysOf(group: string): Keys {
  if (!/^[\w.-]+$/.test(group))
    throw new Error(`group: expected letters, digits, ., _ and - only, got ${JSON.stringify(group)}`);
  const key = (name: string) => `{rl-recsys:${group}}:${name}`;
  return {
    ...{ run: key('run'), rounds: key('rounds'), weights: key('weights'), lease: key('lease') },
    ...{ alive: key('alive') },
    sequence: (actor) => key(`sequence:${actor}`),
  };
}
