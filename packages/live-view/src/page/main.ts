import { createLiveView, type RunRecord } from '../index.js';

/** What the server sends: of which run and what, or a sentence on how things stand. */
type Message =
  { readonly run: string; readonly record: RunRecord } | { readonly say: string; readonly isLast?: boolean };

const main = document.querySelector('main')!;
const view = createLiveView(main, { step: main.dataset['step']! });
const events = new EventSource('events');
events.onopen = () => view.say('Live: new lines appear as they are written.');
// It tries again by itself, and is then told everything once more.
events.onerror = () => view.say('The server is gone; trying again …');
events.onmessage = ({ data }: MessageEvent<string>) => {
  const message = JSON.parse(data) as Message;
  if (!('say' in message)) return view.add(message.run, message.record);
  view.say(message.say);
  if (message.isLast) events.close();
};
