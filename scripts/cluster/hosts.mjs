// Hosts of a network of their own, in network namespaces; where this machine has none, processes of it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const BRIDGE = 'rlrecsys0';
const HOSTS = { redis: 2, learner: 3, actors: 4 };

/** Whether this process may make network namespaces. */
export function hasNamespaces() {
  try {
    execFileSync('ip', ['netns', 'add', 'rlrecsys-probe'], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', 'rlrecsys-probe'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Three hosts, `redis`, `learner` and `actors`, on one switch whose cables can be pulled. */
export function namespaceHosts() {
  const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const names = Object.keys(HOSTS);
  const remove = () => {
    for (const name of names)
      if (existsSync(`/run/netns/rlrecsys-${name}`)) ip('netns', 'del', `rlrecsys-${name}`);
    if (existsSync(`/sys/class/net/${BRIDGE}`)) ip('link', 'del', BRIDGE);
  };
  remove();
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('link', 'set', BRIDGE, 'up');
  for (const name of names) {
    const [host, cable] = [`rlrecsys-${name}`, `rlr-${name}`];
    ip('netns', 'add', host);
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', host);
    ip('link', 'set', cable, 'master', BRIDGE);
    ip('link', 'set', cable, 'up');
    ip('-n', host, 'addr', 'add', `10.77.0.${HOSTS[name]}/24`, 'dev', 'eth0');
    ip('-n', host, 'link', 'set', 'eth0', 'up');
    ip('-n', host, 'link', 'set', 'lo', 'up');
  }
  return {
    kind: 'three hosts in network namespaces',
    redisAddress: `10.77.0.${HOSTS.redis}`,
    /** Starts a process on a host. `ip netns exec` becomes the process itself, so that a signal reaches it. */
    spawn: (name, command, args, options) =>
      spawn('ip', ['netns', 'exec', `rlrecsys-${name}`, command, ...args], options),
    cut: (name) => ip('link', 'set', `rlr-${name}`, 'down'),
    mend: (name) => ip('link', 'set', `rlr-${name}`, 'up'),
    remove,
  };
}

/** Processes of this machine; there a cut link is a Redis that stands still. */
export function processHosts(redisProcess) {
  return {
    kind: 'processes of one host',
    redisAddress: '127.0.0.1',
    spawn: (_, command, args, options) => spawn(command, args, options),
    cut: () => redisProcess()?.kill('SIGSTOP'),
    mend: () => redisProcess()?.kill('SIGCONT'),
    remove: () => undefined,
  };
}
