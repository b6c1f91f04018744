import type { SavedState } from '@rl-recsys/random';
import { memoryStorage, type RecordStorage } from '@rl-recsys/storage';

/** A state with arrays of every size that matters: 5 MB are two pieces. */
export function stateOf(step: number): SavedState {
  const large = new Float32Array(1_250_000).fill(step);
  large[1_249_999] = -1;
  return {
    step,
    agent: {
      replay: { records: new Uint8Array(large.buffer), priorities: new Float64Array(200_000).fill(1 / 3) },
    },
    lists: [Int32Array.of(step), [new Uint16Array(600_000).fill(step)], null, NaN, -0],
  };
}

/** A storage with so much room, and what it was asked to write. */
export function roomFor(bytes: number): RecordStorage & { left: number; largest: number } {
  const inner = memoryStorage();
  const storage = {
    ...inner,
    left: bytes,
    largest: 0,
    async write(name: string, record: Uint8Array) {
      storage.largest = Math.max(storage.largest, record.length);
      if (record.length > storage.left) throw new Error('ENOSPC: no space left on device, write');
      storage.left -= record.length;
      await inner.write(name, record);
    },
  };
  return storage;
}
