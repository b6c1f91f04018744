import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type * as Esbuild from 'esbuild';

/**
 * What a block of TypeScript in a page is, by the word behind its language.
 *
 * - `program`: whole, and run by Node, Bun and Deno (no word)
 * - `node`: whole, and run by Node alone
 * - `compiled`: whole, but it needs what is not there, such as a download or a file of the reader's
 * - `page`: whole, for a page of a browser
 * - `continued`: goes on where the block before it ends; `code` has both
 */
export type ExampleKind = 'program' | 'node' | 'compiled' | 'page' | 'continued';

/** A block of TypeScript in a page. */
export interface Example {
  readonly kind: ExampleKind;
  readonly code: string;
  /** The line of the page, counted from 1, in which the block's own code begins. */
  readonly line: number;
  /** How many lines of `code` stand before that. */
  readonly before: number;
}

const KINDS: readonly string[] = ['program', 'node', 'compiled', 'page', 'continued'];

/**
 * The blocks of TypeScript and JavaScript in a page of Markdown.
 *
 * @throws Error where a block has another word behind its language, or is JavaScript: what isn't whole is marked, and all is typed.
 */
export function examplesIn(markdown: string): Example[] {
  const examples: Example[] = [];
  for (const match of markdown.matchAll(/^```(ts|js|typescript|javascript)\b *([^\n]*)\n(.*?)^```/gms)) {
    const [, language, word = '', own = ''] = match;
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    const kind = word === '' ? 'program' : word;
    if (language !== 'ts' || !KINDS.includes(kind)) {
      throw new Error(
        `line ${line}: expected \`\`\`ts and one of ${KINDS.join(', ')}, got ${language} ${word}`,
      );
    }
    const before = kind === 'continued' ? (examples.at(-1)?.code ?? '') : '';
    const beforeLines = before.split('\n').length - 1;
    examples.push({ kind: kind as ExampleKind, code: before + own, line, before: beforeLines });
  }
  return examples;
}

/** Whether Node can run it as it stands. */
export function runsInNode({ kind }: Example): boolean {
  return kind === 'program' || kind === 'node';
}

/** The example without its types, as JavaScript that keeps every import of a value. */
export function withoutTypes(code: string): string {
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const { transformSync } = createRequire(import.meta.url)('esbuild') as typeof Esbuild; // not loaded by who needs none of it
  return transformSync(code, { loader: 'ts', target: 'es2022', tsconfigRaw }).code;
}

/**
 * Runs an example as a program of its own.
 *
 * @param folder - the folder that it is run in, and whose packages it imports.
 * @returns what it wrote to its output.
 * @throws Error where it fails.
 */
export function runExample(example: Example, folder: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', withoutTypes(example.code)], {
    cwd: folder,
    stdio: 'pipe',
    encoding: 'utf8',
  });
}
