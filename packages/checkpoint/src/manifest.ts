import { checksumOf } from '@rl-recsys/storage';

const FORMAT = 'rl-recsys checkpoint';
const VERSION = 1;

/** A larger one is none: that of a million transitions has some twenty kilobytes. */
const LARGEST = 4 << 20;

/** What a checkpoint says of itself; it is written last, and seals the rest. */
export interface Manifest {
  /** Whose it is. */
  readonly of: string;
  /** Environment steps by then. */
  readonly step: number;
  /** How good it was, higher is better; null where nobody measured. */
  readonly score: number | null;
  /** When it was written, ISO 8601. */
  readonly at: string;
  /** The SHA-256 of each of its records, by name. */
  readonly records: Readonly<Record<string, string>>;
}

/** As bytes: JSON, with a seal that is the SHA-256 of all else in it. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const body = { format: FORMAT, version: VERSION, ...manifest };
  return new TextEncoder().encode(JSON.stringify({ ...body, seal: sealOf(body) }, null, 2) + '\n');
}

/**
 * What {@link encodeManifest} wrote.
 *
 * @param of - whose it must be.
 * @throws Error where it is something else, of another version, has changed or is another's.
 */
export function decodeManifest(bytes: Uint8Array, of: string): Manifest {
  if (bytes.length > LARGEST) throw new Error(`expected at most ${LARGEST} bytes, got ${bytes.length}`);
  const { seal, ...body } = parsed(bytes);
  const { format, version, ...manifest } = body;
  if (format !== FORMAT) throw new Error('is no checkpoint');
  if (version !== VERSION)
    throw new Error(`expected version ${VERSION} of the format, got ${String(version)}`);
  if (seal !== sealOf(body)) throw new Error('has changed');
  if (!isManifest(manifest)) throw new Error('is no checkpoint');
  if (manifest.of !== of)
    throw new Error(`is one of ${JSON.stringify(manifest.of)}, not of ${JSON.stringify(of)}`);
  return manifest;
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  try {
    return Object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) as Record<
      string,
      unknown
    >;
  } catch {
    throw new Error('is no JSON, or cut short');
  }
}

/** Entries are sealed in their order, so that JSON is compared that was written here. */
function sealOf(body: Readonly<Record<string, unknown>>): string {
  return checksumOf(new TextEncoder().encode(JSON.stringify(body)));
}

function isManifest(value: Record<string, unknown>): value is Record<string, unknown> & Manifest {
  const { of, step, score, at, records, ...others } = value;
  return (
    Object.keys(others).length === 0 &&
    typeof of === 'string' &&
    typeof at === 'string' &&
    Number.isSafeInteger(step) &&
    (score === null || typeof score === 'number') &&
    typeof records === 'object' &&
    records !== null &&
    Object.entries(records).every(
      ([name, hash]) => /^[\w-]+\.bin$/.test(name) && /^[0-9a-f]{64}$/.test(String(hash)),
    )
  );
}
