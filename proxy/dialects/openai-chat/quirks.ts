/** Where a vendor of this dialect differs from OpenAI. A row says only that; docs/VENDORS.md says how each is known. */
export interface Quirks {
  /** Which name of the output cap it knows: the older alone, both, or the newer for all of its models. */
  cap: 'older' | 'both' | 'newer'
  /** Refuses `stream_options`, and tells the usage of every stream without being asked. */
  tellsUsageUnasked?: boolean
  /** Knows no `developer` messages: they are the system's. */
  knowsNoDeveloper?: boolean
  /** Takes ids of nine letters and digits alone for the calls of tools. */
  hasShortCallIds?: boolean
  /** What it calls `seed`. */
  seedField?: string
  /** Its models want to read again what they thought since the last question. */
  rereadsThoughts?: boolean
  /** How it is told whether to think, and how much. */
  thinking: 'effort' | 'switch' | 'flag' | 'template' | 'object'
  /** Models that think by themselves, and refuse to in an answer that is no stream. */
  thinksInStreamsOnly?: RegExp
}

const openAi: Quirks = { cap: 'newer', thinking: 'effort' }

/** A stranger, who may know anything. */
const unknown: Quirks = { cap: 'both', thinking: 'effort' }

const rows: Readonly<Record<string, Quirks>> = {
  openai: openAi,
  azure: openAi,
  vertex: unknown,
  deepseek: { cap: 'older', knowsNoDeveloper: true, rereadsThoughts: true, thinking: 'switch' },
  qwen: {
    cap: 'older',
    knowsNoDeveloper: true,
    rereadsThoughts: true,
    thinking: 'flag',
    thinksInStreamsOnly: /^qwen3-[\d.]+b(?!.*(?:thinking|instruct))/,
  },
  moonshot: { cap: 'older', knowsNoDeveloper: true, rereadsThoughts: true, thinking: 'switch' },
  zhipu: { cap: 'older', knowsNoDeveloper: true, rereadsThoughts: true, thinking: 'switch' },
  volcengine: { cap: 'both', knowsNoDeveloper: true, rereadsThoughts: true, thinking: 'switch' },
  siliconflow: { cap: 'older', knowsNoDeveloper: true, rereadsThoughts: true, thinking: 'flag' },
  minimax: {
    cap: 'both',
    knowsNoDeveloper: true,
    rereadsThoughts: true,
    thinking: 'effort',
  },
  mistral: {
    cap: 'older',
    tellsUsageUnasked: true,
    knowsNoDeveloper: true,
    hasShortCallIds: true,
    seedField: 'random_seed',
    thinking: 'effort',
  },
  cohere: { cap: 'older', thinking: 'effort' },
  openrouter: { cap: 'both', thinking: 'object' },
  ollama: { cap: 'older', thinking: 'effort' },
  vllm: { cap: 'both', thinking: 'template' },
}

export function quirksOf(vendor: string): Quirks {
  return rows[vendor] ?? unknown
}
