const sliceLength = 1024

/** What the tokenizer would have to merge as one word of more than a slice. */
const unbrokenRun = /[\p{L}\p{M}]{1024}|[^\s\p{L}\p{N}]{1024}|\s{1024}/u

/** A tokenizer takes time in the square of an unbroken run: text that has one is cut; all other text stays whole. */
export function sliceText(text: string): string[] {
  if (text.length < sliceLength || !unbrokenRun.test(text)) return [text]
  const slices: string[] = []
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + sliceLength, text.length)
    const next = text.charCodeAt(end)
    if (next >= 0xdc00 && next <= 0xdfff) end++
    slices.push(text.slice(start, end))
    start = end
  }
  return slices
}
