import type { Environment } from '../environment.js';
import { describe } from './describe.js';
import { error, warning, type Finding } from './finding.js';
import type { Answer, Event } from './play.js';
import { whyOutside } from './why-outside.js';

/** Finds what is wrong with what one call returned, or with its having failed. */
export function* answerRules(
  { observationSpace, actionSpace }: Environment<unknown, unknown>,
  { kind, call, action, actionChange, outcome, episodeSteps }: Event,
): Generator<Finding> {
  if (actionChange !== undefined) {
    const { path, before, after } = actionChange;
    const seen = `${call} changed its argument: ${path} was ${before} and then ${after}`;
    yield error('action-unchanged', seen, 'copy the action before you write to it');
  }
  if (!outcome.ok) {
    yield outcome.isLate
      ? lateFinding(call, outcome.failure)
      : failureFinding(kind, call, action, actionSpace.contains(action), outcome.failure);
    return;
  }
  yield* fieldRules(kind, call, outcome.value);
  const { fields } = outcome.value;
  if ('observation' in fields) {
    const outside = whyOutside(observationSpace, fields['observation'], 'observation');
    if (outside !== undefined) {
      const change = 'give an observation of the space, or widen observationSpace';
      yield error('observation-in-space', `${call}: ${outside}`, change);
    }
  }
  if (episodeSteps === 1 && fields['truncated'] === true && fields['terminated'] !== true) {
    yield warning(
      'truncated-at-once',
      `${call}, the first of its episode, gave truncated = true`,
      'use terminated for the end of the task; leave truncated to timeLimit',
    );
  }
}

function lateFinding(call: string, failure: string): Finding {
  return error(
    'answers-in-time',
    `${call} gave no answer: ${failure}`,
    'keep the promise that reset and step give, or give the check a longer timeout',
  );
}

function failureFinding(
  kind: Event['kind'],
  call: string,
  action: unknown,
  isMember: boolean,
  failure: string,
): Finding {
  if (kind === 'reset') {
    return error(
      'reset-succeeds',
      `${call} threw ${failure}`,
      'let reset work at any time, with and without a seed',
    );
  }
  if (kind === 'chooseAction') {
    return error(
      'action-accepted',
      `chooseAction threw ${failure} for ${call}`,
      'let chooseAction give an action',
    );
  }
  return error(
    'action-accepted',
    `${call} threw ${failure} for the action ${describe(action)}`,
    isMember
      ? 'accept every member of actionSpace; where only some may be chosen, pass chooseAction to the check'
      : 'let chooseAction give members of actionSpace',
  );
}

function* fieldRules(kind: Event['kind'], call: string, answer: Answer): Generator<Finding> {
  const { returned, fields, missing, extra } = answer;
  if (missing.length + extra.length > 0) {
    const names =
      kind === 'reset' ? 'observation and info' : 'observation, reward, terminated, truncated and info';
    const found = [
      ...(missing.length === 0 ? [] : [`without ${missing.join(', ')}`]),
      ...(extra.length === 0 ? [] : [`with ${extra.join(', ')}`]),
    ];
    const seen = `${call} gave ${describe(returned)}: ${found.join(', ')}`;
    yield error(`${kind}-result`, seen, `return exactly ${names}; more belongs into info`);
  }
  const { info, reward } = fields;
  if ('info' in fields && (typeof info !== 'object' || info === null || Array.isArray(info))) {
    yield error(
      'info-is-object',
      `${call} gave info = ${describe(info)}`,
      'return info: {} where there is none',
    );
  }
  if ('reward' in fields && !Number.isFinite(reward)) {
    const seen = `${call} gave reward = ${describe(reward)}`;
    yield error('reward-is-finite', seen, 'return a finite number; look for a division by 0');
  }
  for (const name of ['terminated', 'truncated']) {
    if (!(name in fields) || typeof fields[name] === 'boolean') continue;
    const seen = `${call} gave ${name} = ${describe(fields[name])}`;
    yield error('flags-are-booleans', seen, `return true or false for ${name}`);
  }
}
