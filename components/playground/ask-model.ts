import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { readRefusal } from './read-refusal.ts'
import { type Answer, noAnswer } from './turn.ts'

interface Question {
  /** Where calls are taken, with the key in it. */
  url: string
  body: object
  signal: AbortSignal
  onChange: (answer: Answer) => void
}

/** Asks a model and tells of the answer as it comes. Never rejects: what went wrong is part of the answer. */
export async function askModel({ url, body, signal, onChange }: Question): Promise<Answer> {
  let answer = noAnswer
  const parser = createParser({ onEvent: (event) => (answer = afterEvent(answer, event)) })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
      signal,
      // A session that has ended leads to the page of signing in, which is no answer.
      redirect: 'error',
    })
    if (!response.ok || !response.body) return { ...answer, state: 'failed', refusal: unknownRefusal }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parser.feed(value)
      onChange(answer)
    }
    if (answer.state === 'waiting' || answer.state === 'streaming')
      return { ...answer, state: 'failed', refusal: unknownRefusal }
    return answer
  } catch {
    if (signal.aborted) return { ...answer, state: 'stopped' }
    return { ...answer, state: 'failed', refusal: unknownRefusal }
  }
}

const unknownRefusal = { status: null, code: null, message: null }

function afterEvent(answer: Answer, { event, data }: EventSourceMessage): Answer {
  if (data === '[DONE]') return answer.state === 'failed' ? answer : { ...answer, state: 'whole' }
  const value = JSON.parse(data)
  switch (event) {
    case 'call':
      return { ...answer, callId: value.id }
    case 'dropped':
      return { ...answer, dropped: value.fields }
    case 'refusal':
      return { ...answer, state: 'failed', refusal: readRefusal(value.status, bodyOf(value.body)) }
    default:
      return afterChunk(answer, value)
  }
}

interface Chunk {
  error?: unknown
  choices?: { delta?: { content?: string | null; refusal?: string | null; reasoning_content?: string | null } }[]
}

function afterChunk(answer: Answer, chunk: Chunk): Answer {
  if (chunk.error) return { ...answer, state: 'failed', refusal: readRefusal(null, chunk) }
  const delta = chunk.choices?.[0]?.delta
  const text = delta?.content ?? delta?.refusal ?? ''
  const thought = delta?.reasoning_content ?? ''
  if (!text && !thought) return answer
  return { ...answer, state: 'streaming', text: answer.text + text, thought: answer.thought + thought }
}

/** A vendor's page of an error need not be JSON. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
