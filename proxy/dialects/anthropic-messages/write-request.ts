import type { ModelRequest, Target } from '../dialect.ts'
import { fitThinking } from './fit-thinking.ts'
import { asHosted, hosts } from './hosts.ts'
import { withoutForeignThoughts } from './without-foreign-thoughts.ts'

/** The caller's own body but for the model that was authorised, and a cap that money set. */
export function writeRequest(request: ModelRequest, target: Target, outputCap: number | null): string {
  const body: Record<string, unknown> = { ...withoutForeignThoughts(request.body), model: target.upstreamModel }
  const capped = outputCap === null ? body : fitThinking({ ...body, max_tokens: outputCap })
  const host = hosts[target.vendor]
  return JSON.stringify(host ? asHosted(host, capped, request) : capped)
}
