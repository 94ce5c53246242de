import { StipendError } from '#lib/core/errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** Google reads every field in two spellings: `maxOutputTokens` and `max_output_tokens`. */
export function field(fields: Fields | null | undefined, name: string): unknown {
  if (!fields) return undefined
  const spelling = spellingOf(fields, name)
  return spelling === null ? undefined : fields[spelling]
}

/** As it is spelled there; null when it is not. Both spellings at once could be read as two different requests. */
export function spellingOf(fields: Fields, name: string): string | null {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const found = [...new Set([name, snake])].filter((spelling) => Object.hasOwn(fields, spelling))
  if (found.length > 1) {
    const message = `${name} is there in two spellings. Send one.`
    throw new StipendError('invalid_request_error', message, { param: name })
  }
  return found[0] ?? null
}

/** In one spelling, whichever it came in. */
export function camelOf(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
