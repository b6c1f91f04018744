import { RequestError } from '@rl-recsys/serving';
import type { FastifyInstance } from 'fastify';

/** A request is a record of lists of records: nothing that is asked for is deeper. */
const MOST_DEEP = 8;

/** Reads bodies of JSON, and refuses what is deep before anything is built of it, and keys that would change prototypes. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (depthOf(body as string) > MOST_DEEP) {
      done(new RequestError('invalid', 'body', `expected JSON of at most ${MOST_DEEP} levels, got more`));
    } else void parse(request, body as string, done);
  });
}

/** How deep brackets stand within each other, outside of texts. */
export function depthOf(json: string): number {
  let [depth, deepest, isText] = [0, 0, false];
  for (let place = 0; place < json.length; place++) {
    const code = json.charCodeAt(place);
    if (isText) {
      if (code === BACKSLASH) place += 1;
      else if (code === QUOTE) isText = false;
    } else if (code === QUOTE) isText = true;
    else if (code === BRACKET || code === BRACE) deepest = Math.max(deepest, ++depth);
    else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
