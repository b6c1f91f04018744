import { chooseScenario } from '../options/choose.js';
import { gatherOptions } from '../options/gather.js';
import { parseTrainOptions } from '../options/parse.js';
import { chooseRunFolder } from '../run/run-folder.js';
import { beginRun, removeIfNothingLearned, type StartRun } from '../run/started-run.js';

/** Trains what the options say, from a log or on a user's own environment, or goes on with what was stopped. */
export async function train({ resume, ...flags }: Readonly<Record<string, unknown>>): Promise<void> {
  let begun: string | undefined;
  const begin: StartRun = async (subject, options) => {
    const folder = chooseRunFolder(subject, options);
    const started = await beginRun(folder, options);
    begun = folder;
    return started;
  };
  const { given, start } =
    resume === undefined
      ? { given: await gatherOptions(flags), start: begin }
      : await (await import('./resume.js')).resumedRun(resume as string, flags);
  try {
    if (chooseScenario(given).kind === 'log') {
      parseTrainOptions(given); // what is wrong with them is said before TensorFlow.js is loaded, which takes a while
      const { trainOnLog } = await import('./train-on-log.js');
      await trainOnLog(given, start);
    } else {
      const { trainOnEnvironment } = await import('./train-on-environment.js');
      await trainOnEnvironment(given, start);
    }
  } catch (error) {
    if (begun !== undefined) await removeIfNothingLearned(begun);
    throw error;
  }
}
