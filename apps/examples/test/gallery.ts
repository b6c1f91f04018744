import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

export const built = new URL('../dist/gallery/', import.meta.url);

/** Runs an example as its one line does, and gives what it wrote. */
async function said(name: string): Promise<string> {
  const file = fileURLToPath(new URL(`${name}.js`, built));
  return (await promisify(execFile)(process.execPath, [file])).stdout;
}

/** The number behind a word and a colon. */
const numberAfter = (text: string, word: string) =>
  Number(new RegExp(`^${word}: (-?[\\d.]+)`, 'm').exec(text)?.[1]);

/** What the examples write that are over in a few seconds. */
export const quick: Record<string, (text: string) => void> = {
  'shop-events': (text) => {
    expect(text).toMatch(/^c-3, who likes mugs: (?:[a-z]+-\d+ ?){5}$/m);
    expect(text.match(/^somebody new.*$/m)?.[0].match(/cap-/g)?.length).toBeGreaterThanOrEqual(3);
  },
  'thompson-sampling': (text) => expect(text).toBe('to mend: 0\nthe best banner: 2\n'),
  'replay-alone': (text) => {
    const [found, truth] = text
      .trim()
      .split('\n')
      .map((line) => line.match(/-?\d\.\d+/g)!.map(Number));
    for (const [place, value] of truth!.entries())
      expect(Math.abs(found![place]! - value)).toBeLessThan(0.15);
  },
  'vectors-from-python': (text) => expect(text).toBe('PyTorch: tt7 tt3\nSpark: tt7 tt3\n'),
  'serve-in-worker': (text) => expect(text).toMatch(/^(user-\d: item-\d+ item-\d+ item-\d+\n){3}$/),
  'judge-a-log': (text) => {
    const truth = numberAfter(text, 'truth');
    for (const estimator of ['IPS', 'SNIPS', 'doubly robust']) {
      const line = new RegExp(`^${estimator}: .*$`, 'm').exec(text)![0];
      expect(line).not.toMatch(/not enough overlap/);
      expect(Math.abs(Number(/: ([\d.]+)/.exec(line)?.[1]) - truth)).toBeLessThan(0.03);
    }
  },
  'strong-baselines': (text) => {
    expect(text.match(/NDCG@10 0\.\d+/g)).toHaveLength(5);
    expect(text).toMatch(/^EASE less popularity: -?0\.\d+ to 0\.\d+ \(95 %\)$/m);
  },
};

/** What those write that train for longer. */
export const long: Record<string, (text: string) => void> = {
  newsletter: (text) =>
    expect(numberAfter(text, 'learned')).toBeGreaterThan(2 + numberAfter(text, 'every week')),
  planning: (text) => {
    expect(numberAfter(text, 'best plan')).toBeGreaterThan(1.2 * numberAfter(text, 'best at once'));
    expect(numberAfter(text, 'DRR, briefly trained')).toBeGreaterThan(numberAfter(text, 'anything'));
  },
  'stop-and-go-on': (text) => {
    const [whole, stopped, resumed] = text
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[1]);
    expect(resumed).toBe(whole);
    expect(stopped).not.toBe(whole);
  },
};

/** Runs each of some examples, and looks at what it wrote. */
export function testGallery(expectations: Readonly<Record<string, (text: string) => void>>): void {
  test.each(Object.entries(expectations))(
    '%s does what it says',
    async (name, check) => check(await said(name)),
    120_000,
  );
}
