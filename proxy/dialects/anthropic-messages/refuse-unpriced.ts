import { StipendError } from '#lib/core/errors.ts'
import { asRecord } from '../../json/as-record.ts'
import { malformed } from '../../json/malformed.ts'
import { refuseNoDocument } from '../refuse-no-document.ts'
import { refuseNoPicture } from '../refuse-no-picture.ts'
import type { Block, MessagesBody } from './parse-request.ts'

/**
 * Fields by which a request could be served elsewhere than authorised, or cost what no price of ours covers, with
 * the values that do neither. Null always means the vendor's default and passes.
 */
const harmlessValues: Record<string, readonly unknown[]> = {
  // Another model than the one that was authorised and priced.
  fallbacks: [],
  fallback_model: [],
  // Another price for the same tokens.
  service_tier: ['auto', 'standard_only'],
  speed: ['standard'],
  inference_geo: ['global'],
  // Machines and services that the vendor runs and bills by itself, and that one key could share with another.
  container: [],
  mcp_servers: [],
}

/** Tools that the caller runs itself: its own, and those whose description Anthropic has written. */
const ownTool = /^(?:custom|(?:bash|text_editor|computer|memory)_\d+)$/

/** Blocks whose tokens can be bounded, and that are nobody else's file. */
const harmlessBlocks = new Set([
  'text',
  'image',
  'document',
  'search_result',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'tool_reference',
  'compaction',
])

export function refuseUnpriced(body: MessagesBody): void {
  for (const field of Object.keys(body)) {
    const harmless = Object.hasOwn(harmlessValues, field) ? harmlessValues[field] : undefined
    const value = body[field]
    if (!harmless || value === null || harmless.includes(value)) continue
    throw refuse(field, harmless.length ? `may only be ${harmless.map((one) => JSON.stringify(one)).join(', ')}` : null)
  }
  refuseLifetime(asRecord(body.cache_control), 'cache_control')
  body.tools?.forEach((tool, index) => {
    if (tool.type && !ownTool.test(tool.type)) {
      throw refuse(`tools.${index}.type`, 'may only be "custom" or a tool that you run yourself')
    }
    refuseLifetime(asRecord(tool.cache_control), `tools.${index}.cache_control`)
  })
  if (Array.isArray(body.system)) refuseBlocks(body.system, 'system')
  body.messages.forEach(({ content }, index) => {
    if (Array.isArray(content)) refuseBlocks(content, `messages.${index}.content`)
  })
}

function refuseBlocks(blocks: readonly Block[], path: string): void {
  blocks.forEach((block, index) => {
    const at = `${path}.${index}`
    if (!harmlessBlocks.has(block.type)) throw refuse(`${at}.type`, `may not be ${JSON.stringify(block.type)}`)
    const { type, media_type: mediaType, data, url } = asRecord(block.source)
    const isShown = block.type === 'image' || block.type === 'document'
    if (isShown && typeof type !== 'string') throw malformed(`${at}.source`, 'must say what is shown')
    if (block.type === 'image') {
      if (type === 'base64') refuseNoPicture(`data:${mediaType};base64,${data}`, `${at}.source.data`)
      else refuseNoPicture(url, `${at}.source.url`)
    }
    if (block.type === 'document' && type === 'base64') refuseNoDocument(data, mediaType, `${at}.source.data`)
    if (type === 'file') throw refuse(`${at}.source.type`, 'may not be "file": send the file itself or its URL')
    refuseLifetime(asRecord(block.cache_control), `${at}.cache_control`)
    if (Array.isArray(block.content)) refuseBlocks(block.content as Block[], `${at}.content`)
  })
}

/** There are prices for these. */
const lifetimes: unknown[] = [undefined, null, '5m', '1h']

function refuseLifetime({ ttl }: Readonly<Record<string, unknown>>, path: string): void {
  if (!lifetimes.includes(ttl)) throw refuse(`${path}.ttl`, 'may only be "5m" or "1h"')
}

function refuse(param: string, rule: string | null): StipendError {
  const message = `${param} ${rule ?? 'is not accepted'} here: its cost could not be bounded by your budget. Leave it out.`
  return new StipendError('invalid_request_error', message, { param })
}
