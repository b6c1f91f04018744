/**
 * The best rows so far, with the worst of them at the root. At its address: how many there are (int32),
 * the score that a row must beat (float32), and then pairs of a score (float32) and a row (int32).
 */
const COUNT: usize = 0;
const THRESHOLD: usize = 4;
const PAIRS: usize = 8;
const ROW: usize = 4;

/** @param least - the score that a row must beat even while there are fewer than are wanted. */
export function clear(heap: usize, least: f32): void {
  store<i32>(heap, 0, COUNT);
  store<f32>(heap, least, THRESHOLD);
}

export function threshold(heap: usize): f32 {
  return load<f32>(heap, THRESHOLD);
}

/** Takes in a row whose score beats the threshold; the worst one falls out where there are `k` already. */
export function push(heap: usize, k: i32, score: f32, row: i32): void {
  const count = load<i32>(heap, COUNT);
  if (count < k) {
    siftUp(heap + PAIRS, count, score, row);
    store<i32>(heap, count + 1, COUNT);
    if (count + 1 < k) return;
  } else {
    siftDown(heap + PAIRS, k, score, row);
  }
  store<f32>(heap, load<f32>(heap, PAIRS), THRESHOLD);
}

/** Turns the heap into a list, best first. */
export function sort(heap: usize): void {
  const first = heap + PAIRS;
  for (let last = load<i32>(heap, COUNT) - 1; last > 0; last--) {
    const place = first + ((<usize>last) << 3);
    const score = load<f32>(place);
    const row = load<i32>(place, ROW);
    store<i64>(place, load<i64>(first));
    siftDown(first, last, score, row);
  }
}

/** Lets a pair rise from a free place at the end. */
function siftUp(first: usize, count: i32, score: f32, row: i32): void {
  let place = first + ((<usize>count) << 3);
  while (place > first) {
    const parent = first + (((((place - first) >> 3) - 1) >> 1) << 3);
    if (!Pair.isWorse(score, row, load<f32>(parent), load<i32>(parent, ROW))) break;
    store<i64>(place, load<i64>(parent));
    place = parent;
  }
  store<f32>(place, score);
  store<i32>(place, row, ROW);
}

/**
 * Lets a pair sink from the root of the first `count`, in place of what was there. Which child is the worse one is as good as
 * random, so that is added, and not branched on.
 */
function siftDown(first: usize, count: i32, score: f32, row: i32): void {
  const last = first + ((<usize>(count - 1)) << 3);
  let place = first;
  for (;;) {
    let child = place + (place - first) + 8; // of place i it is 2i + 1
    if (child > last) break;
    const other = child + ((<usize>i32(child < last)) << 3);
    child +=
      (<usize>(
        Pair.isWorse(load<f32>(other), load<i32>(other, ROW), load<f32>(child), load<i32>(child, ROW))
      )) << 3;
    if (!Pair.isWorse(load<f32>(child), load<i32>(child, ROW), score, row)) break;
    store<i64>(place, load<i64>(child));
    place = child;
  }
  store<f32>(place, score);
  store<i32>(place, row, ROW);
}

/** A static method, because only these may ask to be inlined. */
abstract class Pair {
  /** Of equal scores the higher row is the worse. */
  @inline
  static isWorse(score: f32, row: i32, otherScore: f32, otherRow: i32): i32 {
    return i32(score < otherScore) | (i32(score == otherScore) & i32(row > otherRow));
  }
}
