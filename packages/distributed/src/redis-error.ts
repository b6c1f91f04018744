/** What Redis answers where it can't do what it is asked now, but may be able to later, and what that means. */
const PASSING: readonly (readonly [begins: string, sentence: string])[] = [
  ['OOM', 'Redis is full: give it more memory (maxmemory), or take out what is not needed'],
  ['READONLY', 'Redis can only be read: it is a replica now; its master must be asked'],
  ['LOADING', 'Redis is reading its data after a start'],
  ['MISCONF', 'Redis can not save to its disk, and takes nothing until it can'],
  ['BUSY', 'Redis is busy with a script'],
  ['MASTERDOWN', 'Redis has lost its master'],
  ['NOREPLICAS', 'Redis has too few replicas to take anything'],
  ['CLUSTERDOWN', 'the Redis cluster is down: too few of its nodes can be reached'],
  ['TRYAGAIN', 'the Redis cluster is moving keys'],
];

/** What is wrong with who asks: to ask again does not help. */
const LASTING: readonly (readonly [begins: string, sentence: string])[] = [
  ['NOAUTH', 'Redis asks for a password: redis://:PASSWORD@host:port'],
  ['WRONGPASS', 'Redis does not accept this user or password'],
  ['ERR AUTH', 'Redis does not accept this user or password'],
  ['NOPERM', 'Redis does not let this user do that'],
];

/** What is said of a connection that is not there, by the system and by the client. */
const LOST =
  /connection|timeout|timed out|max retries|socket|stream isn't|slots cache|startup nodes|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|UNREACH|ENETDOWN/i;

/** Whether the same may go well later: a connection was lost, or Redis is full, starting or can't be written. */
export function mayPass(error: unknown): boolean {
  const { name, message } = error as Error;
  if (name === 'ReplyError') return PASSING.some(([begins]) => message.startsWith(begins));
  return LOST.test(message) && !(error instanceof TypeError);
}

/** An error of Redis or of the way to it in one sentence. */
export function redisSentence(error: unknown): string {
  const { message } = error as Error;
  const known = [...PASSING, ...LASTING].find(([begins]) => message.startsWith(begins));
  if (known) return known[1];
  if (/ECONNREFUSED/.test(message)) return 'Redis can not be reached: nobody listens there';
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'Redis can not be reached: there is no such host';
  if (/ETIMEDOUT/.test(message)) return 'Redis can not be reached: nobody answers there';
  if (/wrong version number/i.test(message)) return 'Redis does not speak TLS there: redis:// does without';
  if (/certificate|SSL|TLS|EPROTO/i.test(message)) {
    const isUnknown = /self-signed|self signed|unable to|unknown ca/i.test(message);
    const hint = isUnknown ? '; NODE_EXTRA_CA_CERTS names a file of those who are trusted' : '';
    return `Redis can not be reached by TLS: ${message.split('\n')[0]!.toLowerCase()}${hint}`;
  }
  return LOST.test(message) ? 'the connection to Redis is lost' : message;
}
