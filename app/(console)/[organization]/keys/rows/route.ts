import { currentMember } from '#lib/auth/current-member.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { jsonAnswer } from '../../../json-answer.ts'
import { keyFactsOf } from '../../../key-facts-of.ts'
import { readKeySearch } from '../read-key-search.ts'

const moreRows = 200

/** Rows of the list: those of `ids`, and else those after `cursor`, by the same filter as the page. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const { ids, ...search } = Object.fromEntries(new URL(request.url).searchParams)
  const input = ids === undefined ? readKeySearch('', search).input : { ids: ids.split(',') }
  return jsonAnswer(async () => {
    const { rows, nextCursor } = await listKeys(member, { ...input, limit: moreRows })
    return { rows: rows.map(keyFactsOf), nextCursor }
  })
}
