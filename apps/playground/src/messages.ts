import type { TrainingMetrics } from '@rl-recsys/metrics';
import type { Knobs, Plan } from './plan.js';

/** What the page asks of the worker that trains. */
export type Order =
  /** Begins a run; another that goes on is given up. */
  | { readonly kind: 'begin'; readonly plan: Plan; readonly file?: DroppedFile }
  /** Goes on with the run that the browser has kept. */
  | { readonly kind: 'take-up' }
  /** Forgets that run. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'turn'; readonly knobs: Knobs }
  /** Keeps the run as it is now. */
  | { readonly kind: 'keep' }
  /** Plays a session and tells it. */
  | { readonly kind: 'session'; readonly user: number }
  /** Begins a session in which the reader is the user. */
  | { readonly kind: 'play'; readonly user: number }
  /** What the reader gives to what is shown. */
  | { readonly kind: 'rate'; readonly stars: number }
  | { readonly kind: 'download' };

/** What the worker tells. */
export type News =
  | { readonly kind: 'ready'; readonly threads: number; readonly isIsolated: boolean }
  /** What it does before it can train. */
  | { readonly kind: 'doing'; readonly text: string }
  | { readonly kind: 'begun'; readonly begun: Begun }
  | { readonly kind: 'line'; readonly line: TrainingMetrics }
  | { readonly kind: 'measured'; readonly measured: Measured }
  | { readonly kind: 'phase'; readonly phase: Phase; readonly step: number }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'compared'; readonly compared: Compared }
  | { readonly kind: 'session'; readonly story: Story }
  | { readonly kind: 'played'; readonly played: Played }
  | { readonly kind: 'download'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** A run of an earlier visit is there; null where none is. */
  | { readonly kind: 'found'; readonly found: Found | null }
  | { readonly kind: 'kept'; readonly step: number; readonly at: number }
  /** What could not be done, in a sentence, and what the reader can do. */
  | { readonly kind: 'problem'; readonly problem: Problem };

export type Phase = 'training' | 'paused' | 'done';

/** What went wrong, and where it is to be said. */
export interface Problem {
  /** Where it is the browser, nothing can be begun. */
  readonly about: 'browser' | 'start' | 'file' | 'storage' | 'training';
  readonly text: string;
  /** What would read a file that was refused, as an option of the reader and its value. */
  readonly advice?: readonly { readonly option: string; readonly value: string }[];
}

/** A file of ratings that was given to the page. */
export interface DroppedFile {
  readonly name: string;
  readonly blob: Blob;
  readonly columns: FileColumns;
}

/** How it is read. */
export interface FileColumns {
  readonly user: string;
  readonly item: string;
  readonly rating: string;
  readonly time?: string;
  readonly encoding?: 'utf-8' | 'latin1' | 'windows-1252';
  readonly decimal?: 'point' | 'comma';
  readonly counts?: 'log';
}

/** A run that can be trained now. */
export interface Begun {
  readonly plan: Plan;
  readonly about: string;
  /** How many users, items and ratings there are to fit vectors on. */
  readonly size: { readonly users: number; readonly items: number; readonly ratings: number };
  readonly compared: readonly Compared[];
  /** Users whose sessions can be looked at: none of them is learned from in a simulator. */
  readonly users: readonly { readonly user: number; readonly name: string }[];
  /** Whether users have a mood, and can be bored. */
  readonly hasMood: boolean;
  readonly canBeBored: boolean;
  /** What was told of it before, where it goes on. */
  readonly lines: readonly TrainingMetrics[];
  readonly measured: readonly Measured[];
}

/** Who is compared with: what a session earns with the same users. */
export interface Baseline {
  readonly name: string;
  readonly reward: number;
  /** Whether it sees what no recommender can. */
  readonly seesHidden: boolean;
}

/** What others earn from a step on, until users are bored otherwise. */
export interface Compared {
  readonly since: number;
  readonly baselines: readonly Baseline[];
}

/** What sessions of users apart earn by the policy as it is at a step. */
export interface Measured {
  readonly step: number;
  readonly reward: number;
}

/** A run of an earlier visit. */
export interface Found {
  readonly plan: Plan;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An item as a reader knows it. */
export interface ItemFacts {
  readonly name: string;
  /** Which of the world's topics it is of; undefined where there are none. */
  readonly topic?: number;
  /** From 0, nourishing, to 1, clickbait; no recommender sees it. */
  readonly bait?: number;
}

/** An item that might be shown, and why. */
export interface Candidate extends ItemFacts {
  readonly item: number;
  readonly score: number;
  /** Q: what is expected from here on if it is shown. */
  readonly value: number;
  readonly parts: Readonly<Record<string, number>>;
}

/** What the recommender makes of a situation. */
export interface Thought {
  readonly gates: Readonly<Record<string, number>>;
  readonly residualSize: number;
  /** Best first; the first is shown. */
  readonly candidates: readonly Candidate[];
  /** The mean score of each topic's items; none where there are no topics. */
  readonly topics: readonly number[];
}

/** One item of a session, and what came of it. */
export interface StoryStep {
  readonly thought: Thought;
  readonly reward: number;
  readonly stars?: number;
  /** The mood after it, from −1 to 1. */
  readonly mood?: number;
  /** How likely the user left after it. */
  readonly leaving?: number;
}

/** A session from its beginning to its end. */
export interface Story {
  /** Environment steps of training by then. */
  readonly step: number;
  readonly user: number;
  readonly userName: string;
  readonly steps: readonly StoryStep[];
}

/** A session in which the reader is the user. */
export interface Played {
  readonly userName: string;
  /** What was shown so far, and what it got. */
  readonly shown: readonly { readonly facts: ItemFacts; readonly stars: number }[];
  /** What is shown now; undefined where nothing is left. */
  readonly thought: Thought | undefined;
  /** What the last thought of topics was, to see it move. */
  readonly before: readonly number[];
}
