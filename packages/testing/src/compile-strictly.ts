import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type TypeScript from 'typescript';
import type { Example } from './examples.js';

/** An example, and the page that it stands in. */
export interface Compiled {
  readonly page: string;
  readonly example: Example;
}

/**
 * Compiles examples as whoever copies one into a strict TypeScript file of a project for Node does, or, where it is for a page, of one for
 * browsers. Each is a module beside its page, in memory alone.
 *
 * @returns what the compiler objects to, as `page:line message`.
 */
export function compileStrictly(examples: readonly Compiled[]): string[] {
  const [pages, others] = [true, false].map((forPage) =>
    examples.filter(({ example }) => (example.kind === 'page') === forPage),
  );
  return [...compile(others!, ['lib.es2022.d.ts']), ...compile(pages!, ['lib.es2022.d.ts', 'lib.dom.d.ts'])];
}

function compile(examples: readonly Compiled[], lib: string[]): string[] {
  // Loaded here alone: a hundred test files that want something else of this package would wait for it, each of them.
  const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;
  const options: TypeScript.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: ['node'], lib },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
    ...{ moduleResolution: ts.ModuleResolutionKind.NodeNext, verbatimModuleSyntax: true },
  };
  const files = new Map(
    examples.map((compiled, place) => [join(dirname(compiled.page), `example-${place}.mts`), compiled]),
  );
  const host = ts.createCompilerHost(options);
  const disk = { ...host };
  host.fileExists = (file) => files.has(file) || disk.fileExists(file);
  host.readFile = (file) => files.get(file)?.example.code ?? disk.readFile(file);
  host.getSourceFile = (file, version, ...others) => {
    const compiled = files.get(file);
    return compiled
      ? ts.createSourceFile(file, compiled.example.code, version)
      : disk.getSourceFile(file, version, ...others);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const compiled = files.get(diagnostic.file?.fileName ?? '');
    if (!compiled) return `${diagnostic.file?.fileName ?? 'options'}: ${text}`;
    const { line } = diagnostic.file!.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${compiled.page}:${compiled.example.line - compiled.example.before + line} ${text}`;
  });
}
