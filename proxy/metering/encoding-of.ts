export type Encoding = 'o200k' | 'cl100k'

/** The tokenizer of OpenAI's models by their names; null for all others, whose tokens we can only bound. */
export function encodingOf(upstreamModel: string): Encoding | null {
  const name = upstreamModel.toLowerCase().replace(/^(?:openai\/|ft:)/, '')
  if (/^(?:gpt-4o|gpt-4\.|gpt-5|chatgpt-|o[134](?:-|$)|gpt-oss)/.test(name)) return 'o200k'
  if (/^(?:gpt-4|gpt-3\.5|gpt-35)(?:-|$)/.test(name)) return 'cl100k'
  return null
}
