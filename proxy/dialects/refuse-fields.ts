import { StipendError } from '#lib/core/errors.ts'

/**
 * Fields by which a request could be served elsewhere than authorised, or cost what no price of ours covers,
 * with the values that do neither. Null always means the vendor's default and passes.
 */
const harmlessValues: Record<string, readonly unknown[]> = {
  // Another model or vendor than the one that was authorised and priced.
  models: [],
  fallbacks: [],
  route: [],
  provider: [],
  preset: [],
  base_url: [],
  api_base: [],
  api_key: [],
  extra_body: [],
  extra_headers: [],
  extra_query: [],
  // Another price for the same tokens.
  service_tier: ['auto', 'default', 'standard', 'flex', 'on_demand'],
  speed: ['standard'],
  // Work that outlives the request, or stays with the vendor under the lab's name.
  background: [false],
  deferred: [false],
  store: [false],
  // Tools that the vendor runs and bills by itself.
  web_search_options: [],
  search_parameters: [],
  enable_search: [false],
  plugins: [],
  mcp_servers: [],
  // Tokens that are not text, or that exceed the output cap.
  audio: [],
  prediction: [],
}

/** Throws for fields of an OpenAI dialect that would escape the bound or the price of a request. */
export function refuseFields(body: Readonly<Record<string, unknown>>): void {
  for (const field of Object.keys(body)) {
    const harmless = Object.hasOwn(harmlessValues, field) ? harmlessValues[field] : undefined
    const value = body[field]
    if (!harmless || value === null || harmless.includes(value)) continue
    throw refuseField(
      field,
      harmless.length ? `may only be ${harmless.map((one) => JSON.stringify(one)).join(', ')}` : null,
    )
  }
}

export function refuseField(param: string, rule: string | null): StipendError {
  const message = `${param} ${rule ?? 'is not accepted'} here: its cost could not be bounded by your budget. Leave it out.`
  return new StipendError('invalid_request_error', message, { param })
}
