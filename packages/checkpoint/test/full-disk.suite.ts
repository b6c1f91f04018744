import { expect, test } from '@jest/globals';
import { Checkpoints, compare } from '../src/index.js';
import { roomFor, stateOf } from './large-state.js';

/** Tests that what was written before stays where a disk is full after so many bytes of a checkpoint. */
export function testFullDisk(rooms: readonly number[]): void {
  test.each(rooms)('a disk that is full after %d bytes loses nothing older', async (room) => {
    const storage = roomFor(Infinity);
    const checkpoints = new Checkpoints({ storage, keep: 1 });
    await checkpoints.save(stateOf(1), { step: 1 });
    const before = await storage.list();
    storage.left = room;
    await expect(checkpoints.save(stateOf(2), { step: 2 })).rejects.toThrow(
      'checkpoint: could not be written: ENOSPC',
    );
    expect(await storage.list()).toEqual(before);
    expect(compare((await checkpoints.newest()).checkpoint!.state, stateOf(1))).toBeUndefined();
    storage.left = Infinity;
    await checkpoints.save(stateOf(3), { step: 3 });
    expect((await checkpoints.newest()).checkpoint!.step).toBe(3);
  });
}
