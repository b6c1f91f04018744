/** A custom agent: Thompson sampling over banners that are clicked or not, checked and trained by the one loop there is. */
import { checkAgent, train, type Agent } from '@rl-recsys/agent';
import { discrete, type Environment } from '@rl-recsys/environment';
import { Random, type SavedState } from '@rl-recsys/random';

const CLICKED = [0.04, 0.06, 0.11, 0.05];

function banners(): Environment<number, number> {
  let random = Random.fromSeed('banners');
  let running = false;
  return {
    observationSpace: discrete(1),
    actionSpace: discrete(CLICKED.length),
    reset({ seed } = {}) {
      if (seed !== undefined) random = Random.fromSeed(seed);
      running = true;
      return { observation: 0, info: {} };
    },
    step(banner) {
      if (!running) throw new Error('step: expected reset first');
      running = false;
      const reward = random.uniform() < CLICKED[banner]! ? 1 : 0;
      return { observation: 0, reward, terminated: true, truncated: false, info: {} };
    },
  };
}

/** Beta(1 + clicks, 1 + misses) of each banner; the one is shown whose draw is largest. */
function thompsonSampling(random: Random): Agent<number, number> {
  let clicks = CLICKED.map(() => 0);
  let shown = CLICKED.map(() => 0);
  const indexOfLargest = (values: readonly number[]) => values.indexOf(Math.max(...values));
  const rates = () => shown.map((count, banner) => (1 + clicks[banner]!) / (2 + count));
  return {
    act: (observations) => observations.map(() => indexOfLargest(rates())),
    explore: (observations) =>
      observations.map(() =>
        indexOfLargest(shown.map((count, banner) => beta(1 + clicks[banner]!, 1 + count - clicks[banner]!))),
      ),
    observe(steps) {
      for (const { action, reward } of steps) {
        shown[action]! += 1;
        clicks[action]! += reward;
      }
      return [{ best: Math.max(...rates()) }];
    },
    state: () => ({ clicks, shown, random: random.state() }),
    restore(state: SavedState) {
      const saved = state as { clicks: number[]; shown: number[]; random: SavedState };
      random.restore(saved.random);
      [clicks, shown] = [[...saved.clicks], [...saved.shown]];
    },
  };

  /** X / (X + Y) of two gamma variables; for whole numbers these are sums of exponential ones. */
  function beta(a: number, b: number): number {
    const [x, y] = [a, b].map((shape) => {
      let sum = 0;
      for (let each = 0; each < shape; each++) sum -= Math.log(1 - random.uniform());
      return sum;
    });
    return x! / (x! + y!);
  }
}

const findings = await checkAgent({
  make: () => thompsonSampling(Random.fromSeed(1)),
  makeEnvironment: banners,
});
console.log(`to mend: ${findings.length}`);
for (const { rule, seen, change } of findings) console.log(`${rule}: ${seen}; ${change}`);
const agent = thompsonSampling(Random.fromSeed(1));
await train({ agent, environment: banners(), steps: 3000 });
console.log(`the best banner: ${agent.act([0])[0]}`);
