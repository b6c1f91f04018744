import { histogramOf, type TrainingMetrics } from '@rl-recsys/metrics';
import type { NamedSession, RunRecord } from '../src/index.js';

/** A line as training may tell it, from an equation: the same for the same numbers. */
export function lineOf(place: number, pace: number): TrainingMetrics {
  const learned = 1 - Math.exp((-pace * place) / 30);
  const wave = Math.sin(place * 1.7 + pace) / 10;
  return {
    ...{ step: 960 * (place + 1), episodes: 120 * place, reward: 0.1 + 0.3 * learned + wave / 3 },
    ...{ episodeReturn: 2 + 5 * learned + wave * 4, episodeLength: 8 + 6 * learned + wave * 3 },
    figures: {
      ...{
        epsilon: Math.max(0.2, 1 - place / 50),
        criticLoss: 0.4 + learned * wave ** 2 * 20,
        actorLoss: -learned * 6,
      },
      ...{
        meanQ: 6 * learned + wave,
        maxQ: 9 * learned + 1 + wave,
        candidateEntropy: 3.4 - 2 * learned,
        residualSize: 2 * learned,
      },
      ...{ 'gate/ratings': 1 + learned / 2, 'gate/aftermath': learned - wave },
    },
    histograms: {
      tdErrors: histogramOf(
        Array.from({ length: 400 }, (_, at) => Math.sin(at * 12.9898) * Math.cos(at * 4.1) * 2),
      )!,
    },
    ...{ seconds: place, stepsPerSecond: 700 + 300 * wave },
  };
}

/** A session of a user whose mood falls. */
export function sessionOf(place: number): NamedSession {
  const titles = [
    'The Long Harbour',
    'Clickbait, the Movie',
    'Seven Quiet Rooms',
    'North of Nowhere',
    'A Field of Paper Birds',
  ];
  return {
    ...{ step: 960 * (place + 1), user: `user-${place + 1}` },
    history: titles.slice(0, 2).map((item, at) => ({ item, reward: at / 2 })),
    shown: Array.from({ length: 6 }, (_, at) => ({
      item: titles[(at + place) % titles.length]!,
      reward: Math.cos(at + place),
      parts: {
        bias: 0.4,
        ratings: 1.2 - at / 4,
        aftermath: Math.cos(at) - 0.6,
        learned: Math.sin(at + place) / 2,
      },
    })),
  };
}

/** What a run that has come to `places` lines has told. */
export function recordsOf(places: number, pace: number): RunRecord[] {
  const lines = Array.from({ length: places }, (_, place): RunRecord => ({
    kind: 'metrics',
    line: lineOf(place, pace),
  }));
  return [...lines, { kind: 'session', session: sessionOf(places) }];
}
