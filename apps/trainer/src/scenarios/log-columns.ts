import { z } from 'zod';
import { readNumber, text, type Option } from '../options/option.js';

/** The columns that every file of ratings has. */
export const logColumns = {
  userColumn: {
    argument: '<name>',
    help: "the column of users' ids",
    schema: z.string().min(1).default('user'),
  } satisfies Option<string>,
  itemColumn: {
    argument: '<name>',
    help: "the column of items' ids",
    schema: z.string().min(1).default('item'),
  } satisfies Option<string>,
  ratingColumn: text(
    '<name>',
    'the column of ratings (default: rating; where there are users, items and times alone, each row is a like)',
  ),
  scale: {
    argument: '<min,max>',
    help: 'what one can rate (default: what the file holds)',
    schema: z.tuple([z.number(), z.number()]).optional(),
    read: (given) => given.split(',').map(readNumber),
  } satisfies Option<[number, number] | undefined>,
};

/** A scale as the readers take it. */
export function scaleOf(scale: readonly [number, number] | undefined): {
  readonly scale?: { readonly min: number; readonly max: number };
} {
  return scale === undefined ? {} : { scale: { min: scale[0], max: scale[1] } };
}
