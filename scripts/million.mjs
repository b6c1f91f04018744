// Saves and reads back an agent with a replay buffer of a million transitions, and prints what that takes: nothing may stand still for more
// than 50 ms while it is written (on a machine that has nothing else to do), and memory may not be taken twice, neither to save nor to go on.
//
//   npm run million
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Checkpoints } from '@rl-recsys/checkpoint';
import { Random } from '@rl-recsys/random';
import { float32, PrioritizedReplay } from '@rl-recsys/replay-buffer';
import { folderStorage } from '@rl-recsys/storage/folder';

const TRANSITIONS = 1_000_000;
const NUMBERS = 147; // of a transition, as many as the default run stores

const [part, folder = mkdtempSync(join(tmpdir(), 'million-'))] = process.argv.slice(2);
const checkpoints = new Checkpoints({ storage: folderStorage(folder), keep: 1 });
const replay = new PrioritizedReplay({
  ...{ capacity: TRANSITIONS, fields: { numbers: float32(NUMBERS) } },
  random: Random.fromSeed(1),
});
const resident = () => process.memoryUsage().rss / 1e6;
/** The most that ever was, in MB; the kernel's own count. */
const peak = () => process.resourceUsage().maxRSS / 1e3;

if (part === 'save') {
  const numbers = new Float32Array(NUMBERS);
  const random = Random.fromSeed(2);
  for (let id = 0; id < TRANSITIONS; id++) replay.add({ numbers: numbers.fill(random.uniform()) });
  const [before, began] = [peak(), performance.now()];
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const view = replay.view();
  await checkpoints.save({ replay: view }, { step: TRANSITIONS });
  await new Promise((resolve) => setTimeout(resolve, 20));
  delays.disable();
  tell('saved', began, before);
  const longest = delays.max / 1e6;
  console.log(`nothing else had its turn for ${longest.toFixed(1)} ms at most`);
  if (longest > 50) process.exitCode = 1;
} else if (part === 'read') {
  const [before, began] = [peak(), performance.now()];
  const { checkpoint } = await checkpoints.newest();
  replay.adopt(checkpoint.state.replay);
  const grown = tell('read back, and adopted', began, before);
  const size = replay.view().records.length / 1e6;
  console.log(`it is ${size.toFixed(0)} MB`);
  if (grown > 1.25 * size) process.exitCode = 1;
} else {
  for (const each of ['save', 'read']) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), each, folder], {
      stdio: 'inherit',
    });
    process.exitCode ||= status ?? 1;
  }
  rmSync(folder, { recursive: true });
}

function tell(what, began, before) {
  const grown = peak() - before;
  console.log(
    `${what} in ${((performance.now() - began) / 1000).toFixed(2)} s: ${resident().toFixed(0)} MB resident, at most ${grown.toFixed(0)} MB more than before`,
  );
  return grown;
}
