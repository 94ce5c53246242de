import type { PlaceField } from '#lib/core/address-form.ts'
import { isAccessKeyId } from '#lib/core/aws-credential.ts'
import { isAwsRegion } from '#lib/core/aws-region.ts'
import { readAddress, writeAddress } from './place-address.ts'
import type { ProviderInput } from './provider-actions.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'
import { readKeyFile } from './read-key-file.ts'

/** How one signs in there: with one word, an access key of AWS, or the key file of Google's. */
export type CredentialKind = 'word' | 'aws' | 'google'

/** The form as it stands; all as typed. */
export interface ProviderDraft extends Record<PlaceField, string> {
  vendor: string
  name: string
  baseUrl: string
  /** Put together from its places, or written by hand. */
  address: 'made' | 'own'
  credentialKind: CredentialKind
  apiKey: string
  keyFile: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
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
  | 'accessKeyId'
  | 'secretAccessKey'
  | 'sessionToken'
  | 'keyRefused'
  | 'keyFileRefused'
  | 'keyFile'
  | 'keyAgain'
  | 'name'
  | 'taken'
  | 'place'
  | 'region'
  | 'priority'
  | 'weight'
  | 'limit'
  | 'vendor'

export type DraftProblems = Partial<Record<keyof ProviderDraft, DraftProblem>>

const noPlace: Record<PlaceField, string> = { resource: '', apiVersion: '', region: '', project: '', location: '' }

const noCredential = { apiKey: '', keyFile: '', accessKeyId: '', secretAccessKey: '', sessionToken: '' }

/** The ways to sign in at a vendor, the most usual first. */
export function credentialKindsOf(vendor: VendorFacts | undefined): readonly CredentialKind[] {
  if (vendor?.credential === 'google') return ['google', 'word']
  return vendor?.credential === 'aws' ? ['word', 'aws'] : ['word']
}

/** What the form starts with. */
export function draftOf(provider: ProviderFacts | null, vendor: VendorFacts | undefined): ProviderDraft {
  const of = provider?.vendor ?? vendor
  const place = provider && of?.place ? readAddress(of.place, provider.baseUrl) : null
  return {
    ...vendorDraftOf(of),
    ...(provider && { ...place, baseUrl: provider.baseUrl, address: place ? 'made' : 'own' }),
    name: provider?.name ?? vendor?.label ?? '',
    priority: String(provider?.priority ?? 0),
    weight: String(provider?.weight ?? 1),
    requestsPerMinute: String(provider?.requestsPerMinute ?? ''),
    tokensPerMinute: String(provider?.tokensPerMinute ?? ''),
  }
}

/** What another vendor begins anew. */
export function vendorDraftOf(
  vendor: VendorFacts | undefined,
): Omit<ProviderDraft, 'name' | 'priority' | 'weight' | 'requestsPerMinute' | 'tokensPerMinute'> {
  return {
    ...noPlace,
    ...noCredential,
    ...vendor?.place?.usual,
    vendor: vendor?.id ?? '',
    baseUrl: vendor?.baseUrl ?? '',
    address: vendor?.place ? 'made' : 'own',
    credentialKind: credentialKindsOf(vendor)[0] ?? 'word',
  }
}

/** The draft with a part of it changed, and with what follows from that part. */
export function withPart(
  draft: ProviderDraft,
  part: Partial<ProviderDraft>,
  vendor: VendorFacts | undefined,
): ProviderDraft {
  const next = { ...draft, ...part }
  // A project that nobody typed is that of the account.
  if ('keyFile' in part && (draft.project === '' || draft.project === projectOf(draft.keyFile))) {
    next.project = projectOf(next.keyFile) || draft.project
  }
  if (vendor?.place && next.address === 'made') next.baseUrl = writeAddress(vendor.place, next)
  return next
}

function projectOf(keyFile: string): string {
  return keyFile.trim() ? (readKeyFile(keyFile).project ?? '') : ''
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
    ...addressProblems(draft, vendor),
    ...credentialProblems(draft, provider),
    ...problem('priority', isWhole(draft.priority, 0, 1000) ? null : 'priority'),
    ...problem('weight', isWhole(draft.weight, 1, 1000) ? null : 'weight'),
    ...problem('requestsPerMinute', isLimit(draft.requestsPerMinute) ? null : 'limit'),
    ...problem('tokensPerMinute', isLimit(draft.tokensPerMinute) ? null : 'limit'),
  }
}

/** Only what has no problems. */
export function inputOf(draft: ProviderDraft): ProviderInput {
  const apiKey = credentialOf(draft)
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

/** The credential in one text, as it is sent; empty: none is entered. */
export function credentialOf(draft: ProviderDraft): string {
  if (draft.credentialKind === 'google') return draft.keyFile.trim()
  if (draft.credentialKind === 'word') return draft.apiKey.trim()
  const parts = [draft.accessKeyId.trim(), draft.secretAccessKey.trim(), draft.sessionToken.trim()]
  return parts.join(':').replace(/:+$/, '')
}

/** The field that a credential is entered in, or begins in. */
export function credentialFieldOf({ credentialKind }: ProviderDraft): 'apiKey' | 'keyFile' | 'accessKeyId' {
  return credentialKind === 'google' ? 'keyFile' : credentialKind === 'aws' ? 'accessKeyId' : 'apiKey'
}

export function credentialProblems(draft: ProviderDraft, provider: ProviderFacts | null): DraftProblems {
  const credential = credentialOf(draft)
  if (!credential) {
    const lacks = provider === null ? 'required' : hasMoved(draft, provider) ? 'keyAgain' : null
    if (draft.credentialKind !== 'aws' || lacks !== 'required') return problem(credentialFieldOf(draft), lacks)
  }
  if (draft.credentialKind === 'google') {
    return problem('keyFile', readKeyFile(credential).fault && 'keyFile')
  }
  if (draft.credentialKind === 'word') return problem('apiKey', isWord(credential) ? null : 'apiKey')
  const id = draft.accessKeyId.trim()
  const secret = draft.secretAccessKey.trim()
  const token = draft.sessionToken.trim()
  return {
    ...problem('accessKeyId', id ? (isAccessKeyId(id) ? null : 'accessKeyId') : 'required'),
    ...problem('secretAccessKey', secret ? (isPart(secret) ? null : 'secretAccessKey') : 'required'),
    ...problem('sessionToken', token && !isPart(token) ? 'sessionToken' : null),
  }
}

function isWord(text: string): boolean {
  return /^[\x21-\x7e]{1,4000}$/.test(text)
}

/** Of what is joined by colons. */
function isPart(text: string): boolean {
  return isWord(text) && !text.includes(':')
}

/** What is wrong with where it sends to, at the field that can mend it. */
export function addressProblems(draft: ProviderDraft, vendor: VendorFacts | undefined): DraftProblems {
  const { place } = vendor ?? {}
  if (place && draft.address === 'made') {
    const found = place.fields.map((name) => problem(name, placeProblem(name, draft[name].trim(), place.optional)))
    const problems: DraftProblems = Object.assign({}, ...found)
    if (Object.keys(problems).length > 0) return problems
  }
  return problem('baseUrl', urlProblem(draft.baseUrl, vendor))
}

function placeProblem(name: PlaceField, text: string, optional: readonly PlaceField[] = []): DraftProblem | null {
  if (!text) return optional.includes(name) ? null : 'required'
  if (name === 'region') return isAwsRegion(text) ? null : 'region'
  return /^[\w.:-]+$/.test(text) ? null : 'place'
}

function urlProblem(text: string, vendor: VendorFacts | undefined): DraftProblem | null {
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
