import { decode, Encoder } from '@msgpack/msgpack';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const FORMAT = '@rl-recsys/replay-buffer';
const VERSION = 1;

/** What a file holds. */
export interface SealedFile {
  /** MessagePack of the small things. */
  readonly header: Uint8Array;
  /** The ring, as little-endian 4-byte numbers. */
  readonly records: Uint8Array;
  /** Little-endian float64; empty where replay is uniform. */
  readonly priorities: Uint8Array;
}

/**
 * One MessagePack map `{ format, version, checksum, header, records, priorities }`.
 *
 * @throws RangeError where a part is larger than MessagePack allows (4 GiB).
 */
export function sealFile(file: SealedFile): Uint8Array {
  assertLittleEndian();
  const { header, records, priorities } = file;
  if (records.length >= 2 ** 32) {
    throw new RangeError(`save: expected less than 4 GiB of transitions, got ${records.length} bytes`);
  }
  // Sized beforehand: growing would double a buffer that may already be most of the memory.
  const size = header.length + records.length + priorities.length + 1024;
  const encoder = new Encoder({ initialBufferSize: size });
  return encoder.encodeSharedRef({
    format: FORMAT,
    version: VERSION,
    checksum: checksumOf(file),
    header,
    records,
    priorities,
  });
}

/** @throws Error where `bytes` is not what {@link sealFile} wrote, whole and undamaged. */
export function openFile(bytes: Uint8Array): SealedFile {
  assertLittleEndian();
  const file = decodeMap(bytes);
  if (file['format'] !== FORMAT) throw new Error('bytes: expected a saved replay buffer, got something else');
  if (file['version'] !== VERSION) {
    throw new Error(`bytes: expected version ${VERSION} of the format, got ${String(file['version'])}`);
  }
  const { header, records, priorities, checksum } = file;
  if (
    !(header instanceof Uint8Array && records instanceof Uint8Array && priorities instanceof Uint8Array) ||
    checksumOf({ header, records, priorities }) !== checksum
  ) {
    throw new Error('bytes: the saved replay buffer is damaged (its checksum is wrong)');
  }
  return { header, records, priorities };
}

function decodeMap(bytes: Uint8Array): Record<string, unknown> {
  try {
    return Object(decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error('bytes: expected a saved replay buffer, got something cut short or of another kind', {
      cause,
    });
  }
}

function checksumOf({ header, records, priorities }: SealedFile): string {
  return bytesToHex(sha256.create().update(header).update(records).update(priorities).digest());
}

/** The ring is written as it lies in memory; no machine that runs Node on a desk or phone differs. */
function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new Error('saving and loading replay buffers needs a little-endian machine');
  }
}
