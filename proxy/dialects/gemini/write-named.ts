import type { ModelRequest, Target } from '../dialect.ts'

/** The body with the model that was authorised, wherever it is named once more. */
export function writeNamed({ body }: ModelRequest, target: Target): string {
  return JSON.stringify(rename(body, `models/${target.upstreamModel}`))
}

function rename(body: Readonly<Record<string, unknown>>, model: string): Readonly<Record<string, unknown>> {
  const renamed: Record<string, unknown> = { ...body }
  if (typeof body.model === 'string') renamed.model = model
  for (const name of ['generateContentRequest', 'generate_content_request']) {
    if (isFields(body[name])) renamed[name] = rename(body[name], model)
  }
  const { requests } = body
  if (Array.isArray(requests)) renamed.requests = requests.map((one) => (isFields(one) ? rename(one, model) : one))
  return renamed
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
