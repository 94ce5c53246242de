import type { Behaviour } from '../behaviour.ts'

/** Models whose name says how they behave. */
export const modelProfiles: Record<string, Partial<Behaviour>> = {
  'sim-echo': { echo: true },
  'sim-fast': { latencyMs: 0, chunkDelayMs: 0, tokensPerSecond: null },
}
