// A contender that speaks the protocol without measuring anything. Argument: {"name", "time", "log", "fault"}.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { name, time = 1, log, fault } = JSON.parse(process.argv[2]);
const say = (message) => console.log(JSON.stringify(message));
if (fault === 'declines') {
  say({ unavailable: 'buy a screen' });
  process.exit();
}
say({ ready: { name } });
for await (const line of createInterface({ input: process.stdin })) {
  const { task, iterations } = JSON.parse(line);
  if (log) appendFileSync(log, `${name}:${task}:${iterations}\n`);
  if (fault === 'dies') {
    console.error('out of ideas');
    process.exit(3);
  } else if (fault === 'chatters') console.log('hello');
  else if (fault === 'loses') say({ times: [] });
  else say({ times: Array(iterations).fill(time), details: { learned: 2 } });
}
