import { z } from 'zod'
import { type Behaviour, behaviourFields } from '../behaviour.ts'
import { Refused } from '../faults/refusal.ts'

const words = {
  latency: 'latencyMs',
  delay: 'chunkDelayMs',
  rate: 'tokensPerSecond',
  chunk: 'tokensPerChunk',
  output: 'outputTokens',
  reasoning: 'reasoningTokens',
  cached: 'cachedTokens',
  rpm: 'requestsPerMinute',
  fault: 'fault',
  at: 'faultAtToken',
  cut: 'cutBytes',
  seed: 'seed',
} as const satisfies Record<string, keyof Behaviour>

const steeringSchema = z.strictObject(behaviourFields).partial()
const nothing: Partial<Behaviour> = {}

/** What a name asks for after its first semicolon: "sim-lab;latency=200;output=16-64;fault=reset-mid-chunk". */
export function readSteering(name: string): Partial<Behaviour> {
  if (!name.includes(';')) return nothing
  const settings = name.split(';').slice(1).filter(Boolean)
  const result = steeringSchema.safeParse(Object.fromEntries(settings.map(readSetting)))
  if (result.success) return result.data
  throw refused(`${result.error.issues[0]!.path.join('.')}: ${result.error.issues[0]!.message}`)
}

/** A name without its steering. */
export function nameOf(name: string): string {
  const end = name.indexOf(';')
  return end === -1 ? name : name.slice(0, end)
}

function readSetting(setting: string): [string, unknown] {
  const [word = '', value = 'true'] = setting.split('=')
  const field = words[word as keyof typeof words]
  if (!field) throw refused(`"${word}" is not one of ${Object.keys(words).join(', ')}`)
  return [field, readValue(value)]
}

function readValue(value: string): unknown {
  const range = /^(\d+)-(\d+)$/.exec(value)
  if (range) return [Number(range[1]), Number(range[2])]
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
}

function refused(message: string): Refused {
  return new Refused({ status: 400, code: 'invalid_steering', type: 'invalid_request_error', message })
}
