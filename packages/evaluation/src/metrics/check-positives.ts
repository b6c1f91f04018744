/** @throws RangeError where `positives` is not an integer or is less than the relevant items of `relevant`. */
export function checkPositives(positives: number, relevant: ArrayLike<boolean>): void {
  let shown = 0;
  for (let place = 0; place < relevant.length; place++) shown += relevant[place] ? 1 : 0;
  if (!Number.isSafeInteger(positives) || positives < shown) {
    throw new RangeError(`positives: expected an integer of at least the ${shown} shown, got ${positives}`);
  }
}
