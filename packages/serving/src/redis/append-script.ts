/**
 * Adds records, all or none, and once however often it is sent: each writer numbers what it sends.
 *
 * Keys: the stream, the last position, the newest number of the writer. Values: that number, and the records. It gives the position of the
 * first.
 */
export const APPEND = `
local sent = redis.call('HMGET', KEYS[3], 'number', 'first')
if sent[1] == ARGV[1] then return sent[2] end
local first = tonumber(redis.call('GET', KEYS[2]) or '0') + 1
for i = 2, #ARGV do
  redis.call('XADD', KEYS[1], string.format('%d-0', first + i - 2), 'record', ARGV[i])
end
redis.call('SET', KEYS[2], string.format('%d', first + #ARGV - 2))
redis.call('HSET', KEYS[3], 'number', ARGV[1], 'first', string.format('%d', first))
redis.call('EXPIRE', KEYS[3], 86400)
return string.format('%d', first)
`;
