import type { DialectName, Wire } from '#lib/core/dialects.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { deploymentOf, eventually, type MountName, secret, startWorld, type World } from '#test/proxy/support/world.ts'

/** What a vendor may speak, and a model of such a one. */
export const upstreams = {
  'openai-chat': { vendor: 'openai', wire: 'openai', upstreamModel: 'gpt-5-mini' },
  'openai-responses': { vendor: 'openai', wire: 'openai', upstreamModel: 'gpt-5-mini' },
  'anthropic-messages': { vendor: 'anthropic', wire: 'anthropic', upstreamModel: 'claude-sonnet-4-5' },
  gemini: { vendor: 'gemini', wire: 'gemini', upstreamModel: 'gemini-3-pro-preview' },
} as const satisfies Partial<Record<DialectName, { vendor: string; wire: Wire; upstreamModel: string }>>

export type Upstream = keyof typeof upstreams

export const upstreamNames = Object.keys(upstreams) as Upstream[]

/** Where a wire's base URL ends: OpenAI's alone holds the version. */
export function baseUrlOf({ url }: Simulator, wire: Wire): string {
  return wire === 'openai' ? url : url.replace(/\/v1$/, '')
}

export interface Lab {
  world: World
  simulator: Simulator
  apiKey: string
  baseURL: string
  fetch: typeof fetch
  /** Everything was booked, to the nano-dollar as the vendor served it. */
  agrees(): Promise<void>
  close(): Promise<void>
}

/** A gateway before the simulator, whose model speaks one wire. */
export async function openLab(upstream: Upstream, mount: MountName): Promise<Lab> {
  // Both sides read their vocabulary once for all tests.
  await loadTokenizer()
  const simulator = await startSimulator()
  const world = await startWorld(mount)
  const { wire, ...named } = upstreams[upstream]
  const baseUrl = baseUrlOf(simulator, wire)
  world.route.deployments = [
    deploymentOf({ baseUrl }, { ...named, wire, speaks: [upstream], openCredential: () => 'sim-lab' }),
  ]
  return {
    world,
    simulator,
    apiKey: secret,
    baseURL: world.baseUrl,
    fetch: world.send,
    async agrees() {
      await simulator.journal.whenIdle()
      await eventually(() => world.ledger.reservedNanos === 0n)
      const { calls } = simulator.journal
      const served = calls.filter(({ status }) => status === 200)
      const booked = world.ledger.entries.filter(({ outcome }) => outcome.status === 200)
      const sumOf = (figures: (number | null | undefined)[]) =>
        figures.reduce<number>((sum, one) => sum + (one ?? 0), 0)
      const input = sumOf(booked.map(({ outcome }) => outcome.usage.inputTokens))
      const output = sumOf(booked.map(({ outcome }) => outcome.usage.outputTokens))
      const wanted = [
        sumOf(served.map(({ promptTokens }) => promptTokens)),
        sumOf(served.map(({ servedTokens }) => servedTokens)),
      ]
      if (input !== wanted[0] || output !== wanted[1])
        throw new Error(`booked ${input} + ${output}, served ${wanted.join(' + ')}`)
    },
    async close() {
      await world.close()
      await simulator.close()
    },
  }
}
