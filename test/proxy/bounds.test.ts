import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '#proxy/dialects/anthropic-messages/anthropic-messages.ts'
import type { ModelRequest } from '#proxy/dialects/dialect.ts'
import { gemini } from '#proxy/dialects/gemini/gemini.ts'
import { openAiResponses } from '#proxy/dialects/openai-responses/openai-responses.ts'
import { estimateExactly } from '#proxy/metering/estimate-exactly.ts'
import { estimateCost } from '#proxy/steps/estimate-cost.ts'
import { hasTraffic, type Recording, readTraffic } from './support/traffic.ts'
import { caller, deploymentOf, routeOf } from './support/world.ts'

const vendor = { baseUrl: 'http://vendor.test/v1' }

/** The figures under these names, the largest of each added up. */
function told({ body }: Recording, names: string[]): number {
  return names.reduce((sum, name) => {
    const figures = body.matchAll(new RegExp(`"${name}":\\s*(\\d+)`, 'g'))
    return sum + Math.max(0, ...[...figures].map(([, figure]) => Number(figure)))
  }, 0)
}

const dialects = [
  {
    dialect: anthropicMessages,
    recorded: /^anthropic\.messages\.(json|stream)\.200/,
    figures: ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
  },
  { dialect: openAiResponses, recorded: /responses\.(json|stream)\.200/, figures: ['input_tokens'] },
  { dialect: gemini, recorded: /^(gemini|google|vertex).*\.(json|stream)\.200/i, figures: ['promptTokenCount'] },
]

describe.skipIf(!hasTraffic).each(dialects)(
  'the bound of a request in $dialect.name',
  ({ dialect, recorded, figures }) => {
    test('is never less than what its vendor counted', async () => {
      const above: object[] = []
      let looked = 0
      for (const recording of readTraffic(recorded)) {
        const { request: body, path, file } = recording
        if (body === null) continue
        let request: ModelRequest
        try {
          const byteLength = Buffer.byteLength(JSON.stringify(body))
          const incoming = { path: path?.split('?')[0] ?? '', query: '', headers: {} }
          request = dialect.parseRequest({ value: body, byteLength }, incoming)
        } catch {
          // What nobody can bound is refused.
          continue
        }
        looked++
        const deployment = deploymentOf(vendor, { upstreamModel: request.model })
        const route = routeOf('m', [deployment], { maxOutputTokens: 1000, contextTokens: null })
        const counted = told(recording, figures)
        const bounds = [estimateCost(request, caller, route), await estimateExactly(request, caller, route)]
        for (const bound of bounds) {
          if (bound && bound.inputTokens < counted) above.push({ file, counted, bound: bound.inputTokens })
        }
      }
      expect(above).toEqual([])
      expect(looked).toBeGreaterThan(20)
    })
  },
)
