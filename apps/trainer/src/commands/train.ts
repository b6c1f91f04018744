import { chooseScenario } from '../options/choose.js';
import { gatherOptions } from '../options/gather.js';

/** Trains what the options say: from a log, or on a user's own environment. */
export async function train(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const given = await gatherOptions(flags);
  if (chooseScenario(given).kind === 'log') {
    const { trainOnLog } = await import('./train-on-log.js');
    await trainOnLog(given);
  } else {
    const { trainOnEnvironment } = await import('./train-on-environment.js');
    await trainOnEnvironment(given);
  }
}
