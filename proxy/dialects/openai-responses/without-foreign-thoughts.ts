import { isForeignSeal } from '../../hub/seal-text.ts'
import { asRecord } from '../../json/as-record.ts'

type Fields = Readonly<Record<string, unknown>>

/** As we name the thoughts of other vendors' models; OpenAI's have no dashes in them. */
const ourName = /^rs_[0-9a-f]{8}-[0-9a-f]{4}-/

/**
 * Thoughts that another vendor's model had, when it answered for this one: OpenAI refuses what it has not sealed itself.
 * Most requests have none of these, and pass as they are.
 */
export function withoutForeignThoughts(body: Fields): Fields {
  const { input } = body
  return Array.isArray(input) && input.some(isForeign)
    ? { ...body, input: input.filter((item) => !isForeign(item)) }
    : body
}

function isForeign(item: unknown): boolean {
  const { type, id, encrypted_content: sealed } = asRecord(item)
  if (type !== 'reasoning') return false
  return typeof sealed === 'string' ? isForeignSeal(sealed) : typeof id === 'string' && ourName.test(id)
}
