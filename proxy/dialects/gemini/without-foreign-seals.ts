import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { Target } from '../dialect.ts'
import { field, spellingOf } from './fields.ts'
import { unsigned } from './hub/unsigned.ts'
import { isThirdGeneration } from './is-third-generation.ts'
import { isForeign } from './seals.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * Signatures of thoughts that another vendor's model had, when it answered for this one: Google refuses what it has not
 * signed itself, and newer models a call that nobody signed. Most requests have none of these, and pass as they are.
 */
export function withoutForeignSeals(body: Fields, { upstreamModel }: Target): Fields {
  const contents = listOf(body.contents)
  const mended = contents.map((content) => mendTurn(asRecord(content), isThirdGeneration(upstreamModel)))
  return mended.some((content, index) => content !== contents[index]) ? { ...body, contents: mended } : body
}

function mendTurn(content: Fields, mustSign: boolean): Fields {
  if (content.role !== 'model') return content
  const parts = listOf(content.parts).map(asRecord)
  // Of calls that are made at once the first one is signed.
  const first = parts.findIndex((part) => field(part, 'functionCall') != null)
  const mended = parts.map((part, index) => mendPart(part, mustSign && index === first))
  return mended.some((part, index) => part !== parts[index]) ? { ...content, parts: mended } : content
}

function mendPart(part: Fields, mustSign: boolean): Fields {
  const spelling = spellingOf(part, 'thoughtSignature') ?? 'thoughtSignature'
  const signature = part[spelling]
  if (typeof signature === 'string' && signature !== '' && !isForeign(signature)) return part
  if (mustSign) return { ...part, [spelling]: unsigned }
  if (signature === undefined) return part
  const { [spelling]: _, ...rest } = part
  return rest
}
