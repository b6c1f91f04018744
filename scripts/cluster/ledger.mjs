// An agent that keeps beside each round whose it was, apart from what the package counts by: its records are what a proof looks at.
import { int32 } from '@rl-recsys/replay-buffer';

/**
 * Each transition carries the number of its actor's process and its own among those; the learner writes down what it stores, in its order,
 * and saves that with all else.
 */
export function withLedger(agent, actor) {
  let number = 0;
  let ledger = [];
  return {
    get ledger() {
      return ledger;
    },
    fields: { ...agent.fields, ledgerActor: int32(), ledgerNumber: int32() },
    pace: agent.pace,
    get canLearn() {
      return agent.canLearn;
    },
    begin: () => agent.begin(),
    act: (observations) => agent.act(observations),
    explore: (observations, sessions) => agent.explore(observations, sessions),
    observe: (steps) => agent.observe(steps),
    collect: (steps) =>
      agent.collect(steps).map((each) => ({ ...each, ledgerActor: actor, ledgerNumber: number++ })),
    assertTransitions: (transitions) => agent.assertTransitions(transitions.map(withoutLedger)),
    store(transitions) {
      for (const { ledgerActor, ledgerNumber } of transitions) ledger.push(ledgerActor, ledgerNumber);
      agent.store(transitions.map(withoutLedger));
    },
    update: () => agent.update(),
    weights: () => agent.weights(),
    takeWeights: (weights) => agent.takeWeights(weights),
    atRound: (round) => agent.atRound(round),
    state: () => ({ agent: agent.state(), ledger: Int32Array.from(ledger) }),
    restore(state) {
      agent.restore(state.agent);
      ledger = [...state.ledger];
    },
  };
}

function withoutLedger(transition) {
  const own = { ...transition };
  delete own.ledgerActor;
  delete own.ledgerNumber;
  return own;
}

/**
 * What a ledger says of records that were acknowledged: `acknowledged` has for each actor how many, `leftover` those that were still in Redis
 * when the run was over.
 */
export function judge(ledger, acknowledged, leftover) {
  const held = new Map();
  let [twice, disordered] = [0, 0];
  for (let row = 0; row < ledger.length; row += 2) {
    const [actor, number] = [ledger[row], ledger[row + 1]];
    const seen = held.get(actor) ?? held.set(actor, { numbers: new Set(), last: -1 }).get(actor);
    if (seen.numbers.has(number)) twice += 1;
    if (number !== seen.last + 1) disordered += 1;
    seen.numbers.add(number);
    seen.last = number;
  }
  const left = new Set(leftover.map((each) => each.join()));
  let [lost, told] = [0, 0];
  for (const [actor, count] of acknowledged) {
    told += count;
    for (let number = 0; number < count; number++)
      if (!held.get(actor)?.numbers.has(number) && !left.has(`${actor},${number}`)) lost += 1;
  }
  return {
    acknowledged: told,
    held: ledger.length / 2,
    lost,
    twice,
    outOfOrder: disordered,
    left: left.size,
  };
}
