/** A module of Node's own; undefined in browsers, whose bundlers must not find an import of it. */
export function nodeBuiltin<Module>(name: string): Module | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name) as Module | undefined;
}
