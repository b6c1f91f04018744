import { createHash } from 'node:crypto';
import type { RedisClient } from './open-redis.js';

/** A program that Redis runs as a whole or not at all; it touches the keys that it is given and no other. */
export interface Script {
  readonly text: string;
  readonly hash: string;
}

function script(text: string): Script {
  return { text, hash: createHash('sha1').update(text).digest('hex') };
}

/** Runs a script, which is sent only where Redis does not know it yet. */
export async function runScript(
  redis: RedisClient,
  { text, hash }: Script,
  keys: readonly string[],
  values: readonly (string | number | Buffer)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(hash, keys.length, ...keys, ...values);
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(text, keys.length, ...keys, ...values);
  }
}

/** What of the run an actor must know. */
const FACTS = `
local function facts(key)
  local f = redis.call('HMGET', key, 'run', 'over', 'sent', 'inserted', 'samples', 'position', 'weights', 'actors')
  for i = 1, 8 do f[i] = f[i] or '' end
  return f
end
local function larger(a, b) if (tonumber(a) or 0) > (tonumber(b) or 0) then return tonumber(a) or 0 else return tonumber(b) or 0 end end
`;

/**
 * An actor adds a round, unless it has been added before, and is told how far its run is.
 *
 * Keys: run, rounds, sequence of the actor, alive. Values: run, actor, sequence or nothing to only ask, version of the weights, round,
 * seconds that its sequence is kept.
 */
export const PUSH: Script = script(`${FACTS}
local f = facts(KEYS[1])
if f[1] ~= ARGV[1] then return redis.error_reply('OTHERRUN ' .. f[1]) end
redis.call('ZADD', KEYS[4], redis.call('TIME')[1], ARGV[2])
if ARGV[3] == '' or f[2] == '1' then return f end
if tonumber(ARGV[3]) > tonumber(redis.call('GET', KEYS[3]) or '-1') then
  local place = larger(f[3], f[6]) + 1
  redis.call('XADD', KEYS[2], string.format('%d-0', place), 'actor', ARGV[2], 'sequence', ARGV[3], 'weights', ARGV[4], 'round', ARGV[5])
  f[3] = string.format('%d', place)
  redis.call('HSET', KEYS[1], 'sent', f[3])
end
redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[6])
return f
`);

/**
 * A learner takes the seat of a run, where it is free, by an epoch that is larger than any before; what another run left is removed.
 *
 * Keys: run, rounds, lease, alive, weights. Values: run, least epoch, milliseconds of the lease, whether an unfinished run of others
 * may be removed.
 */
export const TAKE_SEAT: Script = script(`${FACTS}
local f = facts(KEYS[1])
if redis.call('EXISTS', KEYS[3]) == 1 then return {'held', f[1]} end
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if f[1] ~= ARGV[1] then
  if f[1] ~= '' and f[2] ~= '1' and ARGV[4] ~= '1' then return {'unfinished', f[1]} end
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[4], KEYS[5])
end
local taken = string.format('%d', larger(epoch, ARGV[2]) + 1)
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'epoch', taken, 'over', '0')
redis.call('SET', KEYS[3], taken, 'PX', ARGV[3])
return {'taken', taken}
`);

/**
 * The learner says how far it is, which keeps its seat; it writes nothing where another one has it by now.
 *
 * Keys: run, rounds, lease, alive, weights. Values: run, epoch, milliseconds of the lease, first round that is not in its checkpoint or
 * nothing, weights or nothing, and names and values of what is said of the run.
 */
export const TELL: Script = script(`
local run = redis.call('HGET', KEYS[1], 'run') or ''
if run ~= ARGV[1] then return redis.error_reply('OTHERRUN ' .. run) end
local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0') or 0
if epoch > tonumber(ARGV[2]) then return redis.error_reply('FENCED ' .. epoch) end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', tonumber(redis.call('TIME')[1]) - 30)
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'actors', redis.call('ZCARD', KEYS[4]))
if #ARGV > 5 then redis.call('HSET', KEYS[1], unpack(ARGV, 6)) end
if ARGV[4] ~= '' then redis.call('XTRIM', KEYS[2], 'MINID', '=', ARGV[4]) end
if ARGV[5] ~= '' then redis.call('SET', KEYS[5], ARGV[5]) end
return redis.call('HGET', KEYS[1], 'actors')
`);

/** The learner gives its seat up, so that another one need not wait. Keys: lease. Values: epoch. */
export const LEAVE_SEAT: Script = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`);
