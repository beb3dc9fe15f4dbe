-- Who is in a conversation, and who comes next: one step of a fair queue, done as a whole.
-- KEYS: the queue (ticket -> place), the leases (ticket -> end in milliseconds)
-- ARGV: ticket, lease in milliseconds, "enter" or "leave", beginning of the keys on which those who wait are woken
-- Returns 1 when the ticket is first.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local first_before = redis.call('ZRANGE', KEYS[1], 0, 0)[1]

for _, ended in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  redis.call('ZREM', KEYS[1], ended)
  redis.call('ZREM', KEYS[2], ended)
end

if ARGV[3] == 'leave' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
    local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
    redis.call('ZADD', KEYS[1], (last or 0) + 1, ARGV[1])
  end
  redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
  redis.call('PEXPIRE', KEYS[2], ARGV[2] * 2)
end

local first = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
if first and first ~= first_before and first ~= ARGV[1] then
  redis.call('RPUSH', ARGV[4] .. first, '1')
  redis.call('PEXPIRE', ARGV[4] .. first, ARGV[2])
end
return first == ARGV[1] and 1 or 0
