import type { ProviderInput } from './provider-actions.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'

/** The form as it stands; all as typed. */
export interface ProviderDraft {
  vendor: string
  name: string
  baseUrl: string
  apiKey: string
  priority: string
  weight: string
  requestsPerMinute: string
  tokensPerMinute: string
}

export type DraftProblem =
  | 'required'
  | 'tooLong'
  | 'url'
  | 'urlParts'
  | 'address'
  | 'apiKey'
  | 'awsKeys'
  | 'serviceAccount'
  | 'keyAgain'
  | 'name'
  | 'taken'
  | 'priority'
  | 'weight'
  | 'limit'
  | 'vendor'

export type DraftProblems = Partial<Record<keyof ProviderDraft, DraftProblem>>

/** What the form starts with. */
export function draftOf(provider: ProviderFacts | null, vendor: VendorFacts | undefined): ProviderDraft {
  return {
    vendor: provider?.vendor.id ?? vendor?.id ?? '',
    name: provider?.name ?? vendor?.label ?? '',
    baseUrl: provider?.baseUrl ?? vendor?.baseUrl ?? '',
    apiKey: '',
    priority: String(provider?.priority ?? 0),
    weight: String(provider?.weight ?? 1),
    requestsPerMinute: String(provider?.requestsPerMinute ?? ''),
    tokensPerMinute: String(provider?.tokensPerMinute ?? ''),
  }
}

/** A stored API key belongs to the place that it was entered for. */
export function hasMoved(draft: ProviderDraft, provider: ProviderFacts): boolean {
  return draft.vendor !== provider.vendor.id || plainUrl(draft.baseUrl) !== provider.baseUrl
}

export function plainUrl(text: string): string {
  return text.trim().replace(/\/+$/, '')
}

/** What is wrong with a draft; empty when it can be sent. */
export function problemsOf(
  draft: ProviderDraft,
  provider: ProviderFacts | null,
  vendor: VendorFacts | undefined,
): DraftProblems {
  return {
    ...problem('name', draft.name.trim() ? (draft.name.trim().length > 100 ? 'tooLong' : null) : 'required'),
    ...problem('baseUrl', urlProblem(draft.baseUrl, vendor)),
    ...problem('apiKey', apiKeyProblem(draft, provider, vendor)),
    ...problem('priority', isWhole(draft.priority, 0, 1000) ? null : 'priority'),
    ...problem('weight', isWhole(draft.weight, 1, 1000) ? null : 'weight'),
    ...problem('requestsPerMinute', isLimit(draft.requestsPerMinute) ? null : 'limit'),
    ...problem('tokensPerMinute', isLimit(draft.tokensPerMinute) ? null : 'limit'),
  }
}

/** Only what has no problems. */
export function inputOf(draft: ProviderDraft): ProviderInput {
  const apiKey = draft.apiKey.trim()
  return {
    vendor: draft.vendor,
    name: draft.name.trim(),
    baseUrl: plainUrl(draft.baseUrl),
    ...(apiKey && { apiKey }),
    priority: Number(draft.priority),
    weight: Number(draft.weight),
    requestsPerMinute: draft.requestsPerMinute.trim() ? Number(draft.requestsPerMinute) : null,
    tokensPerMinute: draft.tokensPerMinute.trim() ? Number(draft.tokensPerMinute) : null,
  }
}

/** What to say of a credential that its vendor could not take. */
export const credentialProblems = { word: 'apiKey', aws: 'awsKeys', google: 'serviceAccount' } as const

export function apiKeyProblem(
  draft: ProviderDraft,
  provider: ProviderFacts | null,
  vendor: VendorFacts | undefined,
): DraftProblem | null {
  const apiKey = draft.apiKey.trim()
  if (apiKey) {
    const isKeyFile = vendor?.credential === 'google' && apiKey.startsWith('{')
    if (isKeyFile ? isServiceAccount(apiKey) : /^[\x21-\x7e]{1,4000}$/.test(apiKey)) return null
    return credentialProblems[vendor?.credential ?? 'word']
  }
  if (provider === null) return 'required'
  return hasMoved(draft, provider) ? 'keyAgain' : null
}

function isServiceAccount(text: string): boolean {
  try {
    const { type, private_key: key } = JSON.parse(text)
    return type === 'service_account' && typeof key === 'string'
  } catch {
    return false
  }
}

export function urlProblem(text: string, vendor: VendorFacts | undefined): DraftProblem | null {
  if (!text.trim()) return 'required'
  if (!URL.canParse(text.trim())) return 'url'
  const url = new URL(text.trim())
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'url'
  const isStrange = [...url.searchParams.keys()].some((name) => !vendor?.parameters.includes(name))
  return url.username || url.password || isStrange || url.hash ? 'urlParts' : null
}

function problem(field: keyof ProviderDraft, found: DraftProblem | null): DraftProblems {
  return found ? { [field]: found } : {}
}

function isWhole(text: string, least: number, most: number): boolean {
  const value = Number(text)
  return /^\d{1,10}$/.test(text.trim()) && value >= least && value <= most
}

function isLimit(text: string): boolean {
  return text.trim() === '' || isWhole(text, 1, 1_000_000_000)
}
