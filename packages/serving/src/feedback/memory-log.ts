import type { FeedbackLog } from './feedback-log.js';
import { userOf, type FeedbackRecord } from './feedback-record.js';

/** A log in memory, gone with the process: for tests, and to try things out. */
export function memoryLog(): FeedbackLog {
  let kept: (FeedbackRecord | undefined)[] = [];
  let isOpen = true;
  const removeWhere = (isOld: (record: FeedbackRecord) => boolean) => {
    const before = kept.filter(Boolean).length;
    kept = kept.map((record) => (record && isOld(record) ? undefined : record));
    return before - kept.filter(Boolean).length;
  };
  return {
    append(record) {
      if (!isOpen) return Promise.reject(new Error('log: expected one that is open'));
      // Written down, so that nobody changes it afterwards.
      kept.push(JSON.parse(JSON.stringify(record)) as FeedbackRecord);
      return Promise.resolve(kept.length - 1);
    },
    read: (position) => Promise.resolve(kept[position]),
    async *records(since = -Infinity) {
      for (const [position, record] of kept.entries()) {
        if (record && record.at >= since) yield { record, position };
      }
      await Promise.resolve();
    },
    forget: (user) => Promise.resolve(removeWhere((record) => userOf(record) === user)),
    retain(since) {
      removeWhere(({ at }) => at < since);
      return Promise.resolve();
    },
    close() {
      isOpen = false;
      return Promise.resolve();
    },
  };
}
