import { StipendError } from '#lib/core/errors.ts'
import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import { refuseNoFile } from '../refuse-no-document.ts'
import { refuseNoPicture } from '../refuse-no-picture.ts'
import { isOfferedSearch } from './is-offered-search.ts'
import type { ResponsesBody } from './parse-request.ts'

/**
 * Fields by which a request could be served elsewhere than authorised, cost what no price of ours covers, or reach
 * what another key left with the vendor; with the values that do none of it. Null passes.
 */
const harmlessValues: Record<string, readonly unknown[]> = {
  models: [],
  fallbacks: [],
  route: [],
  provider: [],
  plugins: [],
  service_tier: ['auto', 'default', 'standard', 'flex', 'on_demand'],
  // Work that goes on when nobody waits for it.
  background: [false],
  // Kept by the vendor under the lab's name, for whoever knows how it is called.
  conversation: [],
  prompt: [],
}

/** Tools that the caller runs itself. */
const ownTools = new Set(['function', 'custom', 'local_shell', 'apply_patch'])

/** Items that stand for nothing but themselves. */
const harmlessItems = new Set([
  ...['message', 'reasoning', 'function_call', 'function_call_output', 'custom_tool_call', 'custom_tool_call_output'],
  ...['local_shell_call', 'local_shell_call_output', 'apply_patch_call', 'apply_patch_call_output', 'compaction'],
  // What an agent's own search for tools found, and tools that it gets in the middle of a talk.
  ...['tool_search_call', 'tool_search_output', 'additional_tools'],
])

export function refuseUnpriced(body: ResponsesBody): void {
  for (const field of Object.keys(body)) {
    const harmless = Object.hasOwn(harmlessValues, field) ? harmlessValues[field] : undefined
    const value = body[field]
    if (!harmless || value === null || harmless.includes(value)) continue
    throw refuse(field, harmless.length ? `may only be ${harmless.map((one) => JSON.stringify(one)).join(', ')}` : null)
  }
  refuseTools(listOf(body.tools), 'tools', (tool) => isOfferedSearch(body, tool))
  if (!Array.isArray(body.input)) return
  body.input.forEach((item, index) => {
    const path = `input.${index}`
    if (item.type && !harmlessItems.has(item.type))
      throw refuse(`${path}.type`, `may not be ${JSON.stringify(item.type)}`)
    refuseTools(listOf(item.tools), `${path}.tools`)
    for (const [at, part] of listOf(item.content).entries()) refuseFile(part, `${path}.content.${at}`)
    for (const [at, part] of listOf(item.output).entries()) refuseFile(part, `${path}.output.${at}`)
  })
}

/** A namespace is as harmless as what is in it. */
function refuseTools(tools: unknown[], path: string, isLeftOut: (tool: unknown) => boolean = () => false): void {
  for (const [index, tool] of tools.entries()) {
    const { type, tools: members, execution } = asRecord(tool)
    if (type === 'namespace') refuseTools(listOf(members), `${path}.${index}.tools`)
    else if (ownTools.has(String(type)) || isLeftOut(tool)) continue
    else if (type !== 'tool_search' || execution !== 'client')
      throw refuse(`${path}.${index}.type`, 'may only be a tool that you run yourself')
  }
}

/** Sound has no price here, and a file that lies with the vendor could be anyone's. */
function refuseFile(part: unknown, path: string): void {
  const { type, file_id: id, image_url: url, file_data: data } = asRecord(part)
  refuseNoPicture(url, `${path}.image_url`)
  if (type === 'input_file' && typeof data === 'string') refuseNoFile(data, `${path}.file_data`)
  if (type === 'input_audio') throw refuse(`${path}.type`, 'may not be "input_audio"')
  if (id !== undefined && id !== null)
    throw refuse(`${path}.file_id`, 'is not accepted: send the file itself or its URL')
}

function refuse(param: string, rule: string | null): StipendError {
  const message = `${param} ${rule ?? 'is not accepted'} here: its cost could not be bounded by your budget. Leave it out.`
  return new StipendError('invalid_request_error', message, { param })
}
