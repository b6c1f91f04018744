/**
 * Where the `count` largest numbers are, the largest first; of equals the first comes first. All places
 * where there are fewer.
 */
export function topPlaces(numbers: Float32Array, count: number): Int32Array {
  const places = new Int32Array(Math.min(count, numbers.length));
  let kept = 0;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place]!;
    if (kept === places.length && !(number > numbers[places[kept - 1]!]!)) continue;
    let at = kept < places.length ? kept++ : kept - 1;
    for (; at > 0 && number > numbers[places[at - 1]!]!; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
  return places;
}
