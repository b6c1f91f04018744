import { describe, expect, test } from '@jest/globals';
import { checkFeedbackEvents, checkRecommendationRequest, RequestError } from '../src/index.js';

const fieldOf = (check: () => unknown): string => {
  try {
    check();
  } catch (error) {
    if (error instanceof RequestError && error.message.startsWith(`${error.field}: expected `))
      return error.field;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a request is taken as it is', () => {
  const request = {
    ...{ eventId: 'a-1', user: 'ann', session: 's', k: 3, exclude: ['x'], candidates: ['y', 'z'] },
    ...{ baseline: ['y'], activate: false },
  };
  expect(checkRecommendationRequest(request)).toEqual(request);
  const newcomer = { history: ['x', { item: 'y', rating: 2 }], k: 100 };
  expect(checkRecommendationRequest(newcomer)).toEqual(newcomer);
});

describe('a request is refused by the field that is wrong', () => {
  test.each<[field: string, request: unknown]>([
    ['request', null],
    ['request', []],
    ['request', 'user'],
    ['k', { user: 'ann' }],
    ['k', { user: 'ann', k: 0 }],
    ['k', { user: 'ann', k: 101 }],
    ['k', { user: 'ann', k: 1.5 }],
    ['k', { user: 'ann', k: '3' }],
    ['k', { user: 'ann', k: NaN }],
    ['user', { k: 1 }],
    ['user', { k: 1, user: 'ann', history: [] }],
    ['user', { k: 1, user: '' }],
    ['user', { k: 1, user: 'a'.repeat(257) }],
    ['user', { k: 1, user: 7 }],
    ['history', { k: 1, history: 'x' }],
    ['history', { k: 1, history: Array(1001).fill('x') }],
    ['history[1]', { k: 1, history: ['x', 7] }],
    ['history[0]', { k: 1, history: [{ item: 'x' }] }],
    ['history[0].more', { k: 1, history: [{ item: 'x', rating: 1, more: 1 }] }],
    ['exclude[0]', { k: 1, user: 'ann', exclude: [''] }],
    ['candidates', { k: 1, user: 'ann', candidates: Array(1001).fill('x') }],
    ['baseline', { k: 1, user: 'ann', baseline: ['x', 'x'] }],
    ['activate', { k: 1, user: 'ann', activate: 'no' }],
    ['eventId', { k: 1, user: 'ann', eventId: '../a' }],
    ['eventId', { k: 1, user: 'ann', eventId: 'a'.repeat(65) }],
    ['seen', { k: 1, user: 'ann', seen: [] }],
    ['__proto__', JSON.parse('{"k": 1, "user": "ann", "__proto__": {"polluted": true}}')],
  ])('%s', (field, request) => {
    expect(fieldOf(() => checkRecommendationRequest(request))).toBe(field);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('with what came', () => {
    expect(() => checkRecommendationRequest({ user: 'ann', k: 0 })).toThrow(
      'k: expected an integer from 1 to 100, got 0',
    );
    expect(() => checkRecommendationRequest({ user: 'ann', k: 1, seen: 1 })).toThrow(
      'seen: expected no such field',
    );
    expect(() => checkRecommendationRequest({ user: 'ann', k: 'x'.repeat(1000) })).toThrow(/xx…$/);
  });
});

test('events are taken as they are, or refused by the field that is wrong', () => {
  const events = [
    { id: '1', eventId: 'e', reward: 1 },
    { id: '2', user: 'ann', item: 'mug', reward: -0.5 },
  ];
  expect(checkFeedbackEvents(events)).toEqual(events);
  const bad: [field: string, events: unknown][] = [
    ['events', {}],
    ['events', []],
    ['events', Array(501).fill(events[0])],
    ['events[0]', ['x']],
    ['events[1].reward', [events[0], { ...events[1], reward: 1.01 }]],
    ['events[0].reward', [{ id: '1', eventId: 'e' }]],
    ['events[0].id', [{ eventId: 'e', reward: 1 }]],
    ['events[0].eventId', [{ id: '1', reward: 1 }]],
    ['events[0].eventId', [{ id: '1', eventId: 'e', user: 'ann', item: 'x', reward: 1 }]],
    ['events[0].item', [{ id: '1', user: 'ann', reward: 1 }]],
    ['events[0].value', [{ id: '1', eventId: 'e', reward: 1, value: 2 }]],
  ];
  for (const [field, given] of bad) expect(fieldOf(() => checkFeedbackEvents(given))).toBe(field);
});
