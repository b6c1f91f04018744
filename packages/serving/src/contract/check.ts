import type { z } from 'zod';
import { RequestError } from './request-error.js';

/**
 * What a schema makes of a value.
 *
 * @param whole - what the value itself is called where it has no field to name.
 * @throws RequestError with the first field that is not as the schema says.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, whole: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, sentence } = firstFault(parsed.error.issues[0]!, value, whole);
  throw new RequestError('invalid', field, sentence);
}

/** The first thing that is wrong with a value: where, and what was expected and came. */
export function firstFault(
  issue: z.core.$ZodIssue,
  value: unknown,
  whole: string,
): { readonly field: string; readonly sentence: string } {
  if (issue.code === 'unrecognized_keys') {
    const field = fieldName([...issue.path, issue.keys[0]!], whole);
    return { field, sentence: 'expected no such field' };
  }
  const got = issue.path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown>)?.[key], value);
  return { field: fieldName(issue.path, whole), sentence: `${issue.message}, got ${shown(got)}` };
}

/** `['history', 3, 'rating']` as `history[3].rating`. */
function fieldName(path: readonly PropertyKey[], whole: string): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return (name.startsWith('.') ? name.slice(1) : name && whole + name) || whole;
}

/** Some of a value, as JSON has it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
