import type { Asker, RankedAnswer } from '@rl-recsys/recommender';
import type { Arm, Answer } from '../contract/answer.js';
import type { RecommendationRequest } from '../contract/recommendation-request.js';
import type { RecommendationRecord } from '../feedback/feedback-record.js';
import { assignArm } from '../models/assign-arm.js';
import type { ServedModel, ServedModels } from '../models/served-model.js';
import { assertAnswerable } from './assert-answerable.js';
import type { FreshLikes } from './fresh-likes.js';
import { agrees, makeAnswer } from './make-answer.js';
import type { ServiceNumbers } from './service-options.js';
import type { Visits } from './visits.js';

/** A request and what it is called. */
export interface Asked {
  readonly eventId: string;
  readonly request: RecommendationRequest;
}

/** A request that a model can answer. */
interface Placed extends Asked {
  readonly arm: Arm;
  readonly model: ServedModel;
  readonly asker: Asker;
  readonly since?: RecommendationRecord['since'];
  readonly visit?: RecommendationRecord['visit'];
}

/** What answers come from. */
export interface AnsweringParts {
  readonly models: ServedModels;
  readonly fresh: FreshLikes;
  readonly visits: Visits;
  readonly numbers: ServiceNumbers;
}

/**
 * The records of answers to several requests, each model asked once; of one that can't be answered the error.
 *
 * @param at - now, in milliseconds since 1970.
 */
export function answerAll(
  asked: readonly Asked[],
  parts: AnsweringParts,
  at: number,
): (RecommendationRecord | Error)[] {
  const placed = asked.map((each) => tried(() => place(each, parts)));
  const answers = new Map<Placed, RankedAnswer>();
  const { mode, poolSize } = parts.numbers;
  if (mode !== 'logging-only') {
    for (const arm of ['serving', 'canary'] as const) {
      const theirs = placed.filter((each): each is Placed => !(each instanceof Error) && each.arm === arm);
      if (theirs.length === 0) continue;
      const requests = theirs.map(({ asker, request: { k, exclude, candidates: within } }) => ({
        ...{ asker, k: Math.max(k, poolSize), exclude: exclude ?? [] },
        ...(within && { within }),
      }));
      const ranked = theirs[0]!.model.recommender.rankEach(requests);
      for (const [index, each] of theirs.entries()) answers.set(each, ranked[index]!);
    }
  }
  return placed.map((each) =>
    each instanceof Error ? each : recordOf(each, answers.get(each), parts.numbers, at),
  );
}

/** Which model answers, and as whom it sees who asks. */
function place({ eventId, request }: Asked, parts: AnsweringParts): Placed {
  const {
    models,
    fresh,
    visits,
    numbers: { mode },
  } = parts;
  const { user, history, session } = request;
  const arm = assignArm(session ?? user ?? eventId, models.canary);
  const model = arm === 'canary' ? models.canary! : models.serving;
  assertAnswerable(request, model.recommender, mode);
  if (user === undefined) return { eventId, request, arm, model, asker: { history: history! } };
  const { items, log } = model.recommender.parts;
  const knows = (item: string) => items.indexOf(item) !== undefined;
  if (session !== undefined && model.recommender.seesVisits) {
    const visit = visits.of(session, user, knows, log.scale);
    return { eventId, request, arm, model, asker: { user, visit }, visit };
  }
  const since = fresh.since(user, knows, log.scale);
  if (since.length === 0) return { eventId, request, arm, model, asker: user };
  return { eventId, request, arm, model, asker: { user, since }, since };
}

function recordOf(
  { eventId, request, since, visit, arm, model }: Placed,
  ranked: RankedAnswer | undefined,
  { mode, temperature }: ServiceNumbers,
  at: number,
): RecommendationRecord {
  const { k, baseline } = request;
  return {
    kind: 'recommendation',
    eventId,
    at,
    request,
    since,
    visit,
    model: model.version,
    arm,
    mode,
    temperature,
    by: ranked?.by ?? 'nobody',
    pool: ranked?.items.map(({ item }) => item) ?? [],
    items: makeAnswer({ eventId, ranked, k, mode, temperature, baseline }),
    agreed: agrees(ranked, baseline),
  };
}

/** What is told of a record to who asked. */
export function answerIn({ eventId, model, arm, items }: RecommendationRecord): Answer {
  return { eventId, model, arm, items };
}

function tried<T>(make: () => T): T | Error {
  try {
    return make();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
