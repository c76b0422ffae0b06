// The changes, each one script that runs whole or not at all, and may be sent again: it knows its own change by its id and
// answers as it did the first time. Doing so writes too, because WAIT waits only for what its own connection wrote.
import { createHash } from 'node:crypto';

export interface Script {
  readonly source: string;
  readonly sha: string;
}

const script = (source: string): Script => ({ source, sha: createHash('sha1').update(source).digest('hex') });

/** Milliseconds since 1970: what the store was given, else the server's own clock, which all nodes share. */
const NOW = `
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** Sets many fields of a hash with few commands: `first`, then the arguments (field, value) from one place to another. */
const FIELDS = `
local function putFields(key, first, from, to)
  local fields = first
  for at = from, to do
    fields[#fields + 1] = ARGV[at]
    if #fields == 1000 then
      redis.call('HSET', key, unpack(fields))
      fields = {}
    end
  end
  if #fields > 0 then redis.call('HSET', key, unpack(fields)) end
end
`;

/**
 * Creates (version 0) or saves.
 * Keys: conversation, due, work, tries, expiry.
 * Arguments: version that must stand, change, now, ref, salt, record, expiresAtMs, ttlMs, then counts of entries, remembered,
 * drops and puts, then those: (field, sealed), (field, sealed), (name), (name, sealed, dueAtMs).
 * Answers: the new version; 0 where another version stands or the conversation is gone; -1 where its key is another one.
 */
export const SAVE = script(`${NOW}${FIELDS}
local conversation = KEYS[1]
local version = tonumber(ARGV[1])
local mine = 'i' .. ((version + 1) % 16)
local head = redis.call('HMGET', conversation, 'v', 's', 'x', mine)
if head[4] == ARGV[2] then
  redis.call('HSET', conversation, mine, ARGV[2])
  return version + 1
end
if version == 0 then
  if head[1] then return 0 end
else
  if not head[1] or tonumber(head[1]) ~= version or tonumber(head[3]) <= clock(ARGV[3]) then return 0 end
  if head[2] ~= ARGV[5] then return -1 end
end
local entries = tonumber(ARGV[9])
local at = 13 + 2 * (entries + tonumber(ARGV[10]))
local last = {}
if entries > 0 then last = { 'n', string.sub(ARGV[11 + 2 * entries], 2) } end
putFields(conversation, { 'v', version + 1, 's', ARGV[5], 'r', ARGV[6], 'x', ARGV[7], mine, ARGV[2], unpack(last) }, 13, at - 1)
if head[3] ~= ARGV[7] then
  redis.call('ZADD', KEYS[5], ARGV[7], ARGV[4])
  redis.call('PEXPIRE', conversation, ARGV[8])
end
for _ = 1, tonumber(ARGV[11]) do
  local member = ARGV[4] .. ARGV[at]
  redis.call('HDEL', conversation, 'q' .. ARGV[at])
  redis.call('ZREM', KEYS[2], member)
  redis.call('HDEL', KEYS[3], member)
  redis.call('HDEL', KEYS[4], member)
  at = at + 1
end
for _ = 1, tonumber(ARGV[12]) do
  local member = ARGV[4] .. ARGV[at]
  redis.call('HSET', conversation, 'q' .. ARGV[at], 1)
  redis.call('HSET', KEYS[3], member, ARGV[at + 1])
  redis.call('ZADD', KEYS[2], ARGV[at + 2], member)
  at = at + 3
end
return version + 1
`);

/**
 * Removes a conversation with its work.
 * Keys: conversation, due, work, tries, expiry, wipe, done. Arguments: ref, now, 'asked' or 'expired'.
 * Answers 1 where it was there; asked for again under the same \`done\`: 1 again.
 */
export const REMOVE = script(`${NOW}
local conversation = KEYS[1]
local at = redis.call('HGET', conversation, 'x')
local alive = at and tonumber(at) > clock(ARGV[2])
if ARGV[3] == 'expired' then
  if alive then return 0 end
elseif redis.call('EXISTS', KEYS[7]) == 1 then
  redis.call('PEXPIRE', KEYS[7], 60000)
  return 1
end
if at then
  for _, field in ipairs(redis.call('HKEYS', conversation)) do
    if string.sub(field, 1, 1) == 'q' then
      local member = ARGV[1] .. string.sub(field, 2)
      redis.call('ZREM', KEYS[2], member)
      redis.call('HDEL', KEYS[3], member)
      redis.call('HDEL', KEYS[4], member)
    end
  end
  redis.call('UNLINK', conversation)
end
local listed = redis.call('ZREM', KEYS[5], ARGV[1])
if ARGV[3] == 'expired' then return listed end
if at then redis.call('INCR', KEYS[6]) end
if not alive then return 0 end
redis.call('SET', KEYS[7], 1, 'PX', 60000)
return 1
`);

/**
 * Hands out the due work of a shard.
 * Keys: due, work, tries. Arguments: now, leaseMs, most. Answers a list of (member, sealed in base64, how often, was due at).
 */
export const LEASE = script(`${NOW}
local now = clock(ARGV[1])
local due = redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
local out = {}
for i = 1, #due, 2 do
  local member = due[i]
  local sealed = redis.call('HGET', KEYS[2], member)
  if sealed then
    redis.call('ZADD', KEYS[1], now + ARGV[2], member)
    out[#out + 1] = { member, sealed, redis.call('HINCRBY', KEYS[3], member, 1), due[i + 1] }
  else
    redis.call('ZREM', KEYS[1], member)
  end
end
return out
`);

/**
 * Drops work whose conversation is gone: its time ran out by the server's own clock.
 * Keys: conversation, due, work, tries. Arguments: member.
 */
export const ORPHAN = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('HDEL', KEYS[4], ARGV[1])
return 1
`);

/** Writes a conversation's change mark again, so that what stands is known to be on a replica. Keys: conversation. */
export const TOUCH = script(`
local version = redis.call('HGET', KEYS[1], 'v')
if not version then return 0 end
redis.call('HSET', KEYS[1], 'v', version)
return tonumber(version)
`);

/** Clears the mark of deletions where no further one came. Keys: wipe. Arguments: the mark as it was read. */
export const WIPED = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

/** Counts in a window that begins with the first count. Keys: counter. Arguments: windowMs. Answers (count, msLeft). */
export const COUNT = script(`
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return { count, left }
`);

/**
 * Puts a conversation whole, as it stood in another store, in place of what is there.
 * Keys: conversation, due, work, tries, expiry. Arguments: ref, expiresAtMs, ttlMs, counts of fields and of work, then those:
 * (field, value), (name, sealed, dueAtMs, how often).
 */
export const PUT = script(`${FIELDS}
local conversation = KEYS[1]
for _, field in ipairs(redis.call('HKEYS', conversation)) do
  if string.sub(field, 1, 1) == 'q' then
    local member = ARGV[1] .. string.sub(field, 2)
    redis.call('ZREM', KEYS[2], member)
    redis.call('HDEL', KEYS[3], member)
    redis.call('HDEL', KEYS[4], member)
  end
end
redis.call('DEL', conversation)
local at = 6 + 2 * tonumber(ARGV[4])
putFields(conversation, {}, 6, at - 1)
for _ = 1, tonumber(ARGV[5]) do
  local member = ARGV[1] .. ARGV[at]
  redis.call('HSET', conversation, 'q' .. ARGV[at], 1)
  redis.call('HSET', KEYS[3], member, ARGV[at + 1])
  redis.call('ZADD', KEYS[2], ARGV[at + 2], member)
  redis.call('HSET', KEYS[4], member, ARGV[at + 3])
  at = at + 4
end
redis.call('ZADD', KEYS[5], ARGV[2], ARGV[1])
redis.call('PEXPIRE', conversation, ARGV[3])
return 1
`);
