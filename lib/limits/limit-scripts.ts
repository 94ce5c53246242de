/**
 * What one Redis decides for all gateways, each in one step. A scope is a hash (r: requests left of the minute, t: tokens,
 * d: requests of the day, a: when it was filled) and a sorted set of turns by when they are given up for lost.
 * KEYS: hash and set of each scope. Limits of -1 are none. Times are those of Redis, in milliseconds.
 */
const fill = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function left(field, hash, limit, span, elapsed)
  if limit < 0 then return nil end
  local known = tonumber(redis.call('HGET', hash, field))
  if not known then return limit end
  return math.min(limit, known + limit * elapsed / span)
end
local function fill(hash, rpm, tpm, rpd)
  local at = tonumber(redis.call('HGET', hash, 'a')) or now
  local elapsed = math.max(0, now - at)
  return left('r', hash, rpm, 60000, elapsed), left('t', hash, tpm, 60000, elapsed), left('d', hash, rpd, 86400000, elapsed)
end
local function keep(hash, r, t, d)
  redis.call('HSET', hash, 'a', now, 'r', r or '', 't', t or '', 'd', d or '')
  redis.call('PEXPIRE', hash, d and 90000000 or 180000)
end
`

/** Every gateway that lives, by its last beat in milliseconds. */
export const nodesKey = 'stipend:nodes'

/**
 * ARGV: id of the turn, its lease, then rpm, tpm, rpd and parallel of each scope. All scopes admit, or none. Whoever is
 * admitted hears what is left of requests and tokens in each scope, and last how many gateways there are.
 */
export const enterScript = `${fill}
local scopes = #KEYS / 2
local filled = {}
for i = 1, scopes do
  local hash, turns = KEYS[2 * i - 1], KEYS[2 * i]
  local rpm, tpm, rpd, most = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i]), tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
  local r, t, d = fill(hash, rpm, tpm, rpd)
  filled[i] = { r, t, d }
  if most >= 0 then
    redis.call('ZREMRANGEBYSCORE', turns, '-inf', now)
    if redis.call('ZCARD', turns) >= most then return { 0, i, 'maxParallel', 1000 } end
  end
  if r and r < 1 then return { 0, i, 'requestsPerMinute', math.ceil((1 - r) * 60000 / rpm) } end
  if d and d < 1 then return { 0, i, 'requestsPerDay', math.ceil((1 - d) * 86400000 / rpd) } end
  if t and t <= 0 then return { 0, i, 'tokensPerMinute', math.ceil((1 - t) * 60000 / tpm) } end
end
local answer = { 1 }
for i = 1, scopes do
  local hash, turns = KEYS[2 * i - 1], KEYS[2 * i]
  local r, t, d = filled[i][1], filled[i][2], filled[i][3]
  r, d = r and r - 1, d and d - 1
  keep(hash, r, t, d)
  if tonumber(ARGV[4 * i + 2]) >= 0 then
    redis.call('ZADD', turns, now + tonumber(ARGV[2]), ARGV[1])
    redis.call('PEXPIRE', turns, ARGV[2])
  end
  answer[2 * i] = r and math.floor(r) or -1
  answer[2 * i + 1] = t and math.floor(t) or -1
end
answer[2 * scopes + 2] = redis.call('ZCARD', '${nodesKey}')
return answer`

/** ARGV: the tokens expected, then rpm, tpm and rpd of each scope. */
export const expectScript = `${fill}
local scopes = #KEYS / 2
local filled = {}
for i = 1, scopes do
  local tpm = tonumber(ARGV[3 * i])
  local r, t, d = fill(KEYS[2 * i - 1], tonumber(ARGV[3 * i - 1]), tpm, tonumber(ARGV[3 * i + 1]))
  filled[i] = { r, t, d }
  local needed = t and math.min(tonumber(ARGV[1]), tpm)
  if t and t < needed then return { 0, i, 'tokensPerMinute', math.ceil((needed - t) * 60000 / tpm) } end
end
for i = 1, scopes do
  local r, t, d = filled[i][1], filled[i][2], filled[i][3]
  keep(KEYS[2 * i - 1], r, t and t - tonumber(ARGV[1]), d)
end
return { 1 }`

/** ARGV: id of the turn, tokens used beyond those expected, then rpm, tpm and rpd of each scope. */
export const leaveScript = `${fill}
for i = 1, #KEYS / 2 do
  local r, t, d = fill(KEYS[2 * i - 1], tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1]), tonumber(ARGV[3 * i + 2]))
  keep(KEYS[2 * i - 1], r, t and t - tonumber(ARGV[2]), d)
  redis.call('ZREM', KEYS[2 * i], ARGV[1])
end
return 1`
