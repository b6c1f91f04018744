/** What belongs together on a page. */
export type MetricGroup = 'Sessions' | 'Losses' | 'Values' | 'Policy' | 'Replay' | 'Speed';

/** What a metric means. */
export interface MetricDescription {
  /** As a heading, such as Critic loss. */
  readonly title: string;
  readonly group: MetricGroup;
  /** How it is computed. N transitions are in a batch; a mean is over what came since the last line where nothing else is said. */
  readonly formula: string;
  /** What to make of it, in plain words. */
  readonly about: string;
}

const ofLines: Readonly<Record<string, MetricDescription>> = {
  reward: {
    title: 'Reward of a step',
    group: 'Sessions',
    formula: 'mean of r',
    about: 'What the environment answers to one action. Higher is better.',
  },
  episodeReturn: {
    title: 'Reward of a session',
    group: 'Sessions',
    formula: 'mean of Σ r over a session, of the sessions that ended',
    about: 'What learning is for, with its exploration. Higher is better.',
  },
  episodeLength: {
    title: 'Length of a session',
    group: 'Sessions',
    formula: 'mean of the steps of a session, of the sessions that ended',
    about: 'How long users stay, where they may leave.',
  },
  canaryGain: {
    title: 'How much more a session of the canary earns',
    group: 'Sessions',
    formula: 'the always-valid interval of the mean of paired differences, empirical Bernstein',
    about: 'Once all of it is above 0 the new version is promoted; it may be looked at after every session.',
  },
  stepsPerSecond: {
    title: 'Steps a second',
    group: 'Speed',
    formula: 'environment steps since the last line ÷ seconds since then',
    about: 'How fast training is, with everything that it does.',
  },
};

const ofFigures: Readonly<Record<string, MetricDescription>> = {
  criticLoss: {
    title: 'Critic loss',
    group: 'Losses',
    formula:
      '(1 / N) Σ w δ², added up over the critics; δ = r + discount · Q′(s′, a′) − Q(s, a), w the importance weight',
    about:
      'How far predicted values are off. It need not fall all the time: the values to learn grow with the policy.',
  },
  loss: {
    title: 'Loss',
    group: 'Losses',
    formula: '(1 / N) Σ w δ²; δ = r + discount · Q′(s′, a′) − Q(s, a), w the importance weight',
    about: 'How far predicted values are off.',
  },
  actorLoss: {
    title: 'Actor loss',
    group: 'Losses',
    formula:
      '−(1 / N) Σ Q(s, π(s)); of a softmax over candidates −(1 / N) Σ Σₓ π(x | s) Q(s, x); of SAC (1 / N) Σ (α log π − Q)',
    about:
      'Minus what the critic expects of the actor. Lower means that more is expected, not that more is earned.',
  },
  meanQ: {
    title: 'Mean of Q',
    group: 'Values',
    formula: '(1 / N) Σ Q(s, a) of a batch, by the first critic',
    about:
      'What the critic expects on average. Where it leaves what sessions earn far behind, values are overestimated.',
  },
  maxQ: {
    title: 'Largest Q',
    group: 'Values',
    formula: 'max Q(s, a) of a batch, by the first critic',
    about: 'The first to run away where learning diverges.',
  },
  epsilon: {
    title: 'Exploration',
    group: 'Policy',
    formula: 'ε, the share of random actions',
    about: 'How often training tries something at random instead of asking the actor.',
  },
  candidateEntropy: {
    title: 'Entropy of the choice',
    group: 'Policy',
    formula:
      '−(1 / N) Σ Σₓ π(x | s) ln π(x | s), π the softmax of the scores of a batch’s candidates over the temperature',
    about:
      'How undecided the actor is between candidates: ln of their number where all are alike, 0 where one is sure.',
  },
  residualSize: {
    title: 'Size of the residual',
    group: 'Policy',
    formula: '(1 / N) Σ ‖h(s)‖, the length of what the actor adds beside its blocks',
    about: 'How far the actor has left the models that it starts at. 0 before it learns.',
  },
  entropy: {
    title: 'Entropy of actions',
    group: 'Policy',
    formula: '−(1 / N) Σ log π(a | s)',
    about: 'How random the policy of SAC still is.',
  },
  temperature: {
    title: 'Temperature',
    group: 'Policy',
    formula: 'α of SAC, after the update',
    about: 'What entropy is worth to the policy.',
  },
};

const ofHistograms: Readonly<Record<string, MetricDescription>> = {
  tdErrors: {
    title: 'TD errors',
    group: 'Replay',
    formula: 'δ of the newest batch, by the first critic',
    about: 'How wrong the critic is, and in which direction: above 0 it expected too little.',
  },
  priorities: {
    title: 'Priorities',
    group: 'Replay',
    formula: '(|δ| + ε)^α of all stored transitions',
    about: 'What prioritized replay draws by. All at one place means that it draws as uniform replay does.',
  },
};

/** How the name of a figure begins that is one gate of several. */
const GATE = 'gate/';

/** The names of all metrics that our agents and `train` tell, `gate/…` aside, which has the name of a block behind it. */
export const metricNames: readonly string[] = [ofLines, ofFigures, ofHistograms].flatMap(Object.keys);

/** What a metric of that name means; of one that only an agent of yours tells, its name. */
export function describeMetric(name: string): MetricDescription {
  for (const known of [ofLines, ofFigures, ofHistograms]) if (Object.hasOwn(known, name)) return known[name]!;
  if (name.startsWith(GATE)) {
    return {
      title: `Gate of ${name.slice(GATE.length)}`,
      group: 'Policy',
      formula: '(1 / N) Σ g(s), what the actor multiplies the block by',
      about: 'How much one of the models counts that the actor is made of.',
    };
  }
  return { title: name, group: 'Policy', formula: 'as the agent tells it', about: '' };
}
