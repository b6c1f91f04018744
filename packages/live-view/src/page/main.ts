import { createLiveView, type RunRecord } from '../index.js';

/** What the server sends: of which run, and what. */
interface Message {
  readonly run: string;
  readonly record: RunRecord;
}

const view = createLiveView(document.querySelector('main')!);
const events = new EventSource('events');
events.onopen = () => view.say('Live: new lines appear as they are written.');
// It tries again by itself, and is then told everything once more.
events.onerror = () => view.say('The server is gone; trying again …');
events.onmessage = ({ data }: MessageEvent<string>) => {
  const { run, record } = JSON.parse(data) as Message;
  view.add(run, record);
};
