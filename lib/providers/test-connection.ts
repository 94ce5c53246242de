import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type OutboundFetch, outboundFetch } from '../outbound/outbound-fetch.ts'
import { openCredential } from './credential.ts'
import { getProviderRow } from './get-provider-row.ts'
import { providerFields } from './provider-fields.ts'
import { resolveUpstream } from './resolve-upstream.ts'

const schema = z.union([
  /** A provider that is saved. */
  z.strictObject({ providerId: z.string() }),
  /** One that is about to be. */
  z.strictObject({
    vendor: providerFields.vendor,
    baseUrl: providerFields.baseUrl.optional(),
    apiKey: providerFields.apiKey,
  }),
])

export type TestConnectionInput = z.input<typeof schema>

export interface ConnectionResult {
  ok: boolean
  /** HTTP status of the vendor; null when it never answered. */
  status: number | null
  latencyMs: number
  /** The models that it offers, by its own ids. */
  models: string[]
  /** What is wrong and what to do; null when all is well. */
  problem: string | null
}

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) })

/** A real call of the vendor's list of models with the credential. It costs nothing. */
export async function testConnection(
  member: Member,
  input: TestConnectionInput,
  fetch: OutboundFetch = outboundFetch,
): Promise<ConnectionResult> {
  authorize(member, 'providers.change')
  const { baseUrl, apiKey } = await readTarget(member, parseInput(schema, input))
  const startedAt = performance.now()
  const result = (rest: Omit<ConnectionResult, 'latencyMs'>): ConnectionResult => ({
    ...rest,
    latencyMs: Math.round(performance.now() - startedAt),
  })
  try {
    const { status, text } = await fetch(`${baseUrl}/models`, {
      headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
      timeoutMs: 10_000,
      maxBytes: 8_000_000,
    })
    const models = readModels(text)
    const problem = problemOf(status, models)
    return result({ ok: problem === null, status, models: models ?? [], problem })
  } catch (error) {
    if (!(error instanceof StipendError)) throw error
    return result({ ok: false, status: null, models: [], problem: error.message })
  }
}

async function readTarget(member: Member, input: z.output<typeof schema>) {
  if ('apiKey' in input) return { ...resolveUpstream(input.vendor, input.baseUrl), apiKey: input.apiKey }
  const { organizationId } = member
  const row = await inTenant(organizationId, (tx) => getProviderRow(tx, organizationId, input.providerId))
  return { baseUrl: row.baseUrl, apiKey: openCredential(row.sealedCredential, row) }
}

function readModels(text: string): string[] | null {
  try {
    return modelsSchema.parse(JSON.parse(text)).data.map((model) => model.id)
  } catch {
    return null
  }
}

function problemOf(status: number, models: string[] | null): string | null {
  if (status === 401 || status === 403) return 'The vendor refuses this API key. Check that it is whole and active.'
  if (status === 404) return 'There is no list of models at this base URL. Check its path, for example /v1.'
  if (status >= 300 && status < 400) return 'The base URL redirects elsewhere. Enter the address it leads to.'
  if (status >= 400) return `The vendor answered with status ${status}. Try again later.`
  return models ? null : 'The answer is not a list of models. Check the base URL, for example that it ends in /v1.'
}
