import type { z } from 'zod';

/** What is wrong first, in one sentence that names where. */
export function firstIssue({ issues }: z.ZodError, whole: string): string {
  const [issue] = issues as [z.core.$ZodIssue];
  const { path, message } = issue.code === 'invalid_key' ? { ...issue.issues[0]!, path: issue.path } : issue;
  return `${path.join('.') || whole}: ${message}`;
}
