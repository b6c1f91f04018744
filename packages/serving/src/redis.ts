// What needs a Redis: a feedback log that several servers share.
export { openRedisLog, RedisLog, type RedisLogOptions } from './redis/redis-log.js';
