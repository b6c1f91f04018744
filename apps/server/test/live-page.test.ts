import { expect, test } from '@jest/globals';
import { Canary } from '@rl-recsys/off-policy';
import { Curves } from '../src/simulation/curves.js';
import { openLivePage } from '../src/simulation/live-page.js';

interface Message {
  readonly run?: string;
  readonly record?: { line: { step: number; episodeReturn: number | null; figures: Record<string, number> } };
  readonly say?: string;
  readonly isLast?: boolean;
}

/** What somebody is told who comes now, as far as so many messages. */
async function told(url: string, count: number): Promise<Message[]> {
  const stop = new AbortController();
  const { body } = await fetch(`${url}events`, { signal: stop.signal });
  let text = '';
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.split('\n\n').length > count) break;
  }
  stop.abort();
  const messages = text.split('\n\n').slice(0, count);
  return messages.map((each) => JSON.parse(each.replace('data: ', '')) as Message);
}

test('the page of the loop is one of visits, and who comes late is told everything in its order', async () => {
  const page = await openLivePage(0);
  try {
    const html = await (await fetch(page.url)).text();
    expect(html).toContain('<title>A service that learns, live</title>');
    expect(html).toContain('<main data-step="visit"></main>');
    page.say('version 0 serves');
    const curves = new Curves(page, 20);
    const canary = new Canary({ range: { low: -10, high: 10 }, share: 0.5 });
    for (let visit = 0; visit < 200; visit++) {
      const arm = visit % 2 === 0 ? 'serving' : 'canary';
      const earned = arm === 'canary' ? 5 : 1;
      curves.add({ arm, earned, visit, model: '0' });
      canary.observe(arm, earned);
      if (visit === 5 || visit === 199) curves.interval(visit, canary.status());
    }
    page.end('It is over.');
    // The interval of three pairs is as wide as can be, and is not drawn.
    const messages = await told(page.url, 9);
    expect(messages[0]).toEqual({ say: 'version 0 serves' });
    const drawn = messages.slice(1, 8).map(({ run, record }) => {
      const { step, episodeReturn, figures } = record!.line;
      return [run, step, episodeReturn ?? figures['canaryGain']];
    });
    const { low, high } = canary.status().gain;
    expect(drawn).toEqual([
      ['serving', 98, 1],
      ['canary', 99, 5],
      ['serving', 198, 1],
      ['canary', 199, 5],
      ["canary's gain, at least", 199, low],
      ["canary's gain, at most", 199, high],
      ["canary's gain, none", 199, 0],
    ]);
    expect(low).toBeGreaterThan(0);
    expect(messages[8]).toEqual({ say: 'It is over.', isLast: true });
  } finally {
    await page.close();
  }
});
