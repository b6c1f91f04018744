import type { RecordStorage } from '../record-storage.js';

/** One thing that should hold of a storage. */
export interface Rule {
  readonly rule: string;
  readonly change: string;
  /** What was seen instead, nothing where it holds. It may throw what the storage throws. */
  look(storage: RecordStorage): Promise<string | undefined>;
}

/** Names that each storage refuses. */
const BAD_NAMES: readonly string[] = [
  '',
  '.',
  '..',
  '../up.bin',
  'down/../../up.bin',
  './here.bin',
  '/root.bin',
  'folder/',
  'double//slash.bin',
  'back\\slash.bin',
  'c:/drive.bin',
  'nul.bin',
  '.hidden.bin',
  'Upper.bin',
  'space here.bin',
  'zero\0.bin',
  'no-extension',
  `${'long'.repeat(25)}.bin`,
];

/** Which bad name `call` accepts, in words. */
export async function acceptedName(
  method: string,
  call: (name: string) => Promise<unknown>,
): Promise<string | undefined> {
  for (const name of BAD_NAMES) {
    if (!(await rejects(() => call(name)))) return `${method}(${JSON.stringify(name)}) was accepted`;
  }
  return undefined;
}

/** Whether a call rejects or throws. */
export async function rejects(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return false;
  } catch {
    return true;
  }
}

/** How what came instead of `expected` differs, nothing where it is the same bytes. */
export function difference(expected: Uint8Array | undefined, came: unknown): string | undefined {
  if (expected === undefined) return came === undefined ? undefined : `${kindOf(came)} in place of undefined`;
  if (!isBytes(came)) return `${kindOf(came)} in place of a Uint8Array`;
  if (came.length !== expected.length) return `${came.length} bytes in place of ${expected.length}`;
  const place = expected.findIndex((byte, index) => byte !== came[index]);
  return place < 0 ? undefined : `byte ${place} is ${came[place]} in place of ${expected[place]}`;
}

function isBytes(value: unknown): value is Uint8Array {
  return kindOf(value) === 'Uint8Array';
}

function kindOf(value: unknown): string {
  return value === undefined ? 'undefined' : Object.prototype.toString.call(value).slice(8, -1);
}
