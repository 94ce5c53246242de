import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { authorizeCall, type TokenFor } from '../core/authorize-call.ts'
import type { Wire } from '../core/dialects.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import { upstreamUrl } from '../core/upstream-url.ts'
import { inTenant } from '../db/in-tenant.ts'
import { ForbiddenAddress } from '../outbound/judged-lookup.ts'
import { type OutboundFetch, outboundFetch } from '../outbound/outbound-fetch.ts'
import { openCredential } from './credential.ts'
import { getProviderRow } from './get-provider-row.ts'
import { openGoogleTokens, TokenRefused } from './google-tokens.ts'
import { providerFields } from './provider-fields.ts'
import { readCredential } from './read-credential.ts'
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
  tokenFor: TokenFor = openGoogleTokens(fetch),
): Promise<ConnectionResult> {
  authorize(member, 'providers.change')
  const { vendor, baseUrl, apiKey } = await readTarget(member, parseInput(schema, input))
  const startedAt = performance.now()
  const result = (rest: Omit<ConnectionResult, 'latencyMs'>): ConnectionResult => ({
    ...rest,
    latencyMs: Math.round(performance.now() - startedAt),
  })
  try {
    const { wire } = vendor
    const { path, headers, at = (base) => base } = listOfWire[wire]
    const place = { wire, baseUrl: at(baseUrl) }
    const url = upstreamUrl(place, path, '')
    const proof = await authorizeCall(place, apiKey, { method: 'GET', url, body: null }, tokenFor)
    const { status, text } = await fetch(url.href, {
      headers: { ...proof, ...headers?.(baseUrl), accept: 'application/json' },
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
  if ('apiKey' in input) {
    const { vendor, baseUrl } = resolveUpstream(input.vendor, input.baseUrl)
    return { vendor, baseUrl, apiKey: readCredential(vendor, input.apiKey) }
  }
  const { organizationId } = member
  const row = await inTenant(organizationId, (tx) => getProviderRow(tx, organizationId, input.providerId))
  const { vendor } = resolveUpstream(row.vendor, row.baseUrl)
  return { vendor, baseUrl: row.baseUrl, apiKey: openCredential(row.sealedCredential, row) }
}

interface List {
  path: string
  /** What the vendor wants to be told with that. */
  headers?(baseUrl: string): Record<string, string>
  /** Where it lists them, when not where it is called. */
  at?(baseUrl: string): string
}

/** Where each wire lists its models. */
const listOfWire: Record<Wire, List> = {
  openai: { path: '/models' },
  azure: { path: '/models' },
  anthropic: { path: '/v1/models?limit=1000', headers: () => ({ 'anthropic-version': '2023-06-01' }) },
  gemini: { path: '/v1beta/models?pageSize=1000' },
  // Models are run at one host, and looked after at another.
  bedrock: { path: '/foundation-models', at: (baseUrl) => baseUrl.replace('://bedrock-runtime', '://bedrock') },
  vertex: {
    path: '/v1beta1/publishers/google/models?pageSize=200',
    headers: (baseUrl) => ({ 'x-goog-user-project': /\/projects\/([^/]+)/.exec(baseUrl)?.[1] ?? '' }),
    at: (baseUrl) => baseUrl.replace(/\/v1(?:beta1)?\/projects\/.*$/, ''),
  },
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
  if (error.cause instanceof TokenRefused) return error.cause.status >= 500 ? 'vendor' : 'key'
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
