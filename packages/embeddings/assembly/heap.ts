/**
 * The best rows so far, with the worst of them at the root. At its address: how many there are (int32),
 * the score that a row must beat (float32), and then pairs of a score (float32) and a row (int32).
 */
const COUNT: usize = 0;
const THRESHOLD: usize = 4;
const PAIRS: usize = 8;
const SCORE: usize = PAIRS;
const ROW: usize = PAIRS + 4;

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
    siftUp(heap, count, score, row);
    store<i32>(heap, count + 1, COUNT);
    if (count + 1 < k) return;
  } else {
    siftDown(heap, k, score, row);
  }
  store<f32>(heap, load<f32>(heap, SCORE), THRESHOLD);
}

/** Turns the heap into a list, best first. */
export function sort(heap: usize): void {
  for (let last = load<i32>(heap, COUNT) - 1; last > 0; last--) {
    const place = at(heap, last);
    const score = load<f32>(place, SCORE);
    const row = load<i32>(place, ROW);
    put(place, load<f32>(heap, SCORE), load<i32>(heap, ROW));
    siftDown(heap, last, score, row);
  }
}

function at(heap: usize, place: i32): usize {
  return heap + ((<usize>place) << 3);
}

function put(place: usize, score: f32, row: i32): void {
  store<f32>(place, score, SCORE);
  store<i32>(place, row, ROW);
}

/** Of equal scores the higher row is the worse. */
function isWorse(score: f32, row: i32, otherScore: f32, otherRow: i32): bool {
  return score < otherScore || (score == otherScore && row > otherRow);
}

/** Lets a pair rise from a free place at the end. */
function siftUp(heap: usize, place: i32, score: f32, row: i32): void {
  while (place > 0) {
    const parent = at(heap, (place - 1) >> 1);
    const parentScore = load<f32>(parent, SCORE);
    const parentRow = load<i32>(parent, ROW);
    if (!isWorse(score, row, parentScore, parentRow)) break;
    put(at(heap, place), parentScore, parentRow);
    place = (place - 1) >> 1;
  }
  put(at(heap, place), score, row);
}

/** Lets a pair sink from the root of the first `count`, in place of what was there. */
function siftDown(heap: usize, count: i32, score: f32, row: i32): void {
  let place = 0;
  for (let child = 1; child < count; child = 2 * place + 1) {
    let from = at(heap, child);
    if (
      child + 1 < count &&
      isWorse(
        load<f32>(from + 8, SCORE),
        load<i32>(from + 8, ROW),
        load<f32>(from, SCORE),
        load<i32>(from, ROW),
      )
    ) {
      from += 8;
      child++;
    }
    const childScore = load<f32>(from, SCORE);
    const childRow = load<i32>(from, ROW);
    if (!isWorse(childScore, childRow, score, row)) break;
    put(at(heap, place), childScore, childRow);
    place = child;
  }
  put(at(heap, place), score, row);
}
