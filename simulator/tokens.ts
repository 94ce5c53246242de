import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base'

const mostRemembered = 500
const remembered = new Map<string, number[]>()

/** The tokens of a text; the same prompt is cut up once. */
export function tokensOf(text: string): number[] {
  let tokens = remembered.get(text)
  if (!tokens) {
    tokens = encode(text)
    remembered.set(text, tokens)
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
  }
  return tokens
}

/** The text of the first `count` tokens, token by token; characters that span tokens stay whole. */
export function piecesOf(text: string, count: number): string[] {
  const tokens = tokensOf(text).slice(0, count)
  const pieces: string[] = []
  let shown = ''
  for (let end = 1; end <= tokens.length; end++) {
    const soFar = decode(tokens.slice(0, end))
    const whole = soFar.endsWith('�') && end < tokens.length ? soFar.replace(/�+$/, '') : soFar
    pieces.push(whole.slice(shown.length))
    shown = whole
  }
  return pieces
}

interface Message {
  content?: unknown
  name?: unknown
}

/** As OpenAI counts a chat prompt: 3 a message, 1 more for a name, 3 to begin the answer. */
export function countPrompt(messages: readonly Message[], tools: unknown): number {
  let count = 3
  for (const message of messages) {
    count += 3 + tokensOf(textOf(message.content)).length
    if (typeof message.name === 'string') count += 1 + tokensOf(message.name).length
  }
  if (tools !== undefined) count += tokensOf(JSON.stringify(tools)).length
  return count
}

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('')
}
