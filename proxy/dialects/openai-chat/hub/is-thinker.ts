/** A model of OpenAI's that thinks before it speaks, and takes no sampling. */
export function isThinker(upstreamModel: string): boolean {
  return /^(?:openai\/)?(?:o[1-9](?:-|$)|gpt-5(?!.*chat))/.test(upstreamModel)
}
