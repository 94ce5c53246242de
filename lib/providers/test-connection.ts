import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { credentialHeaders } from '../core/credential-headers.ts'
import type { Wire } from '../core/dialects.ts'
import { StipendError } from '../core/errors.ts'
import { joinBasePath } from '../core/join-base-path.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { ForbiddenAddress } from '../outbound/judged-lookup.ts'
import { type OutboundFetch, outboundFetch } from '../outbound/outbound-fetch.ts'
import { openCredential } from './credential.ts'
import { getProviderRow } from './get-provider-row.ts'
import { providerFields } from './provider-fields.ts'
import { readModelIds } from './read-model-ids.ts'
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

/** What can be wrong, for pages that say it in their own words. */
export type ConnectionFault =
  | 'key'
  | 'path'
  | 'redirect'
  | 'limited'
  | 'vendor'
  | 'answer'
  | 'timeout'
  | 'private'
  | 'unreachable'

export interface ConnectionResult {
  ok: boolean
  /** HTTP status of the vendor; null when it never answered. */
  status: number | null
  latencyMs: number
  /** The models that it offers, by its own ids. */
  models: string[]
  fault: ConnectionFault | null
  /** What is wrong and what to do; null when all is well. */
  problem: string | null
}

/** A real call of the vendor's list of models with the credential. It costs nothing. */
export async function testConnection(
  member: Member,
  input: TestConnectionInput,
  fetch: OutboundFetch = outboundFetch,
): Promise<ConnectionResult> {
  authorize(member, 'providers.change')
  const { vendor, baseUrl, apiKey } = await readTarget(member, parseInput(schema, input))
  const startedAt = performance.now()
  const result = (rest: Omit<ConnectionResult, 'latencyMs'>): ConnectionResult => ({
    ...rest,
    latencyMs: Math.round(performance.now() - startedAt),
  })
  try {
    const { path, headers } = listOfWire[vendor.wire]
    const { status, text } = await fetch(joinBasePath(baseUrl, path), {
      headers: { ...credentialHeaders(vendor.wire, apiKey), ...headers, accept: 'application/json' },
      timeoutMs: 10_000,
      maxBytes: 8_000_000,
    })
    const models = readModelIds(text)
    const fault = faultOfAnswer(status, models)
    return result({
      ok: fault === null,
      status,
      models: models ?? [],
      fault,
      problem: fault && problemOf[fault](status),
    })
  } catch (error) {
    if (!(error instanceof StipendError)) throw error
    return result({ ok: false, status: null, models: [], fault: faultOfError(error), problem: error.message })
  }
}

async function readTarget(member: Member, input: z.output<typeof schema>) {
  if ('apiKey' in input) return { ...resolveUpstream(input.vendor, input.baseUrl), apiKey: input.apiKey }
  const { organizationId } = member
  const row = await inTenant(organizationId, (tx) => getProviderRow(tx, organizationId, input.providerId))
  const { vendor } = resolveUpstream(row.vendor, row.baseUrl)
  return { vendor, baseUrl: row.baseUrl, apiKey: openCredential(row.sealedCredential, row) }
}

/** Where each wire lists its models, and what it wants to be told with that. */
const listOfWire: Record<Wire, { path: string; headers?: Record<string, string> }> = {
  openai: { path: '/models' },
  azure: { path: '/models' },
  anthropic: { path: '/v1/models?limit=1000', headers: { 'anthropic-version': '2023-06-01' } },
  gemini: { path: '/v1beta/models?pageSize=1000' },
  bedrock: { path: '/models' },
}

function faultOfAnswer(status: number, models: string[] | null): AnswerFault | null {
  if (status === 401 || status === 403) return 'key'
  if (status === 402 || status === 429) return 'limited'
  if (status >= 500) return 'vendor'
  if (status >= 400) return 'path'
  if (status >= 300) return 'redirect'
  return models ? null : 'answer'
}

function faultOfError(error: StipendError): ConnectionFault {
  if (error.code === 'upstream_timeout') return 'timeout'
  if (error.cause instanceof ForbiddenAddress) return 'private'
  return error.cause === undefined ? 'answer' : 'unreachable'
}

type AnswerFault = Exclude<ConnectionFault, 'timeout' | 'private' | 'unreachable'>

const problemOf: Record<AnswerFault, (status: number) => string> = {
  key: () => 'The vendor refuses this API key. Check that it is whole and active.',
  path: () => 'There is no list of models at this base URL. Check its path, for example /v1.',
  redirect: () => 'The base URL redirects elsewhere. Enter the address it leads to.',
  limited: () => 'The vendor lets this account do no more just now. Check its credit and limits, then try again.',
  vendor: (status) => `The vendor answered with status ${status}. Try again later.`,
  answer: () => 'The answer is not a list of models. Check the base URL, for example that it ends in /v1.',
}
