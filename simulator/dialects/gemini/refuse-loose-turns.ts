import { refuse } from '../refuse.ts'
import type { Content } from './generate-request.ts'
import { isSignedRight, isThinker } from './seal.ts'

/** Calls and their results stand next to each other, and what the model thought comes back as it was. */
export function refuseLooseTurns(contents: Content[], model: string): void {
  const first = contents[0]!
  for (const [index, content] of contents.entries()) {
    refuseMixed(content, index)
    if (callsOf(content).length > 0) refuseUnasked(contents, index)
    refuseUnmatched(contents, index)
  }
  if (first.role === 'model' && contents.length === 1) {
    throw refuse('Please ensure that multiturn requests end with a user role or a function response.')
  }
  const turnAt = contents.findLastIndex(({ role, parts }) => role !== 'model' && parts.some(({ text }) => text))
  for (const [index, content] of contents.entries()) {
    refuseForged(content, isThinker(model) && index > turnAt)
  }
}

function callsOf({ parts }: Content) {
  return parts.flatMap(({ functionCall }) => functionCall ?? [])
}

function resultsOf({ parts }: Content) {
  return parts.flatMap(({ functionResponse }) => functionResponse ?? [])
}

function refuseMixed({ role, parts }: Content, index: number): void {
  for (const [place, { text, inlineData, fileData, functionCall, functionResponse }] of parts.entries()) {
    const at = `contents[${index}].parts[${place}]`
    const data = [text, inlineData, fileData, functionCall, functionResponse].filter((one) => one !== undefined)
    if (data.length === 0) throw refuse(`${at}.data: required oneof field 'data' must have one initialized field`)
    if (data.length > 1) throw refuse(`Invalid value at '${at}' (oneof), oneof field 'data' is already set.`)
    if (functionCall && role !== 'model') throw refuse(`${at}: function calls are of the role "model".`)
    if (functionResponse && role === 'model') throw refuse(`${at}: function responses are of the role "user".`)
  }
}

function refuseUnasked(contents: Content[], index: number): void {
  if (index > 0 && contents[index - 1]!.role !== 'model') return
  const rule = 'comes immediately after a user turn or after a function response turn'
  throw refuse(`Please ensure that function call turn ${rule}.`)
}

/** A turn of calls and the next one: as many results as calls, of the same names and, where they have some, ids. */
function refuseUnmatched(contents: Content[], index: number): void {
  const results = resultsOf(contents[index]!)
  const calls = index > 0 ? callsOf(contents[index - 1]!) : []
  if (results.length > 0 && calls.length === 0) {
    throw refuse('Please ensure that function response turn comes immediately after a function call turn.')
  }
  if (results.length !== calls.length) throw refuse(notAsMany)
  const open = [...calls]
  for (const { id, name } of results) {
    const match = open.findIndex((call) => call.name === name && (!id || !call.id || call.id === id))
    if (match === -1) throw refuse(`Function response '${name}' answers no function call of the turn before it.`)
    open.splice(match, 1)
  }
  const isLast = index === contents.length - 1
  if (isLast && callsOf(contents[index]!).length > 0) throw refuse(notAsMany)
}

const notAsMany =
  'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'

function refuseForged({ parts }: Content, mustBeSigned: boolean): void {
  for (const part of parts) if (!isSignedRight(part)) throw refuse('Corrupted thought signature.')
  const place = parts.findIndex(({ functionCall }) => functionCall !== undefined)
  const part = parts[place]
  if (!mustBeSigned || part?.functionCall === undefined || part.thoughtSignature !== undefined) return
  const which = `Additional data, function call \`default_api:${part.functionCall.name}\`, position ${place + 1}.`
  throw refuse(
    `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. ${which}`,
  )
}
