import type { SessionRecord, TrainingMetrics } from '@rl-recsys/agent';
import { MetricsFiles } from '@rl-recsys/metrics/files';
import type { RunOptions } from '../options/run-options.js';
import { say } from '../terminal/output.js';
import { watchBeside } from '../watch/watch-beside.js';

/** The ids or titles of what a session is told of by index. */
export interface Labels {
  readonly user: (index: number) => string;
  readonly item: (index: number) => string;
}

/** Writes what training tells as it comes. */
export interface Recorder {
  line(line: TrainingMetrics): Promise<void>;
  session(session: SessionRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param folder - of the run.
 * @param options - of the run: where `watch` is set a page shows it until it is closed.
 * @param from - the step that training goes on from (default: it begins).
 */
export async function openRecorder(
  folder: string,
  { tensorboard, watch }: Pick<RunOptions, 'tensorboard' | 'watch'>,
  labels: Labels,
  from = 0,
): Promise<Recorder> {
  const files = await MetricsFiles.open<string, string>(folder, { tensorboard, from });
  const watched = watch ? await watchBeside(folder) : undefined;
  if (watched) say(`Watch it at ${watched.url}`);
  return {
    line: (line) => files.line(line),
    session: (session) => files.session(labelled(session, labels)),
    async close() {
      await files.close();
      await watched?.close();
    },
  };
}

function labelled(
  { step, user, history, shown }: SessionRecord,
  labels: Labels,
): SessionRecord<string, string> {
  return {
    ...{ step, user: labels.user(user) },
    history: history.map(({ item, reward }) => ({ item: labels.item(item), reward })),
    shown: shown.map((each) => ({ ...each, item: labels.item(each.item) })),
  };
}
