import { closest, distance } from 'fastest-levenshtein';

/**
 * What may have been meant, to end a sentence with: `; did you mean ml-100k?`. Empty where nothing is near, which is less than half
 * of the word being wrong, or one that begins as it does.
 */
export function nearest(word: string, known: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '');
  const begins = known.find(
    (each) => plain(each).startsWith(plain(word)) || plain(word).startsWith(plain(each)),
  );
  const near = known[known.map(plain).indexOf(closest(plain(word), known.map(plain)))];
  const isNear = near !== undefined && distance(plain(word), plain(near)) < plain(word).length / 2;
  const found = isNear ? near : begins;
  return found === undefined ? '' : `; did you mean ${found}?`;
}
