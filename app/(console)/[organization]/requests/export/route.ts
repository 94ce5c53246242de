import { currentMember } from '#lib/auth/current-member.ts'
import { readFilter } from '../read-filter.ts'
import { csvOfRequests } from './csv-of-requests.ts'

/** All requests of a filter as a file. It is streamed, and breaks off as an error where it cannot be whole. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const filter = readFilter(Object.fromEntries(new URL(request.url).searchParams))
  // Requests that come in while it is written are not in it.
  const rows = csvOfRequests(member, { ...filter, to: new Date() })
  const day = new Date().toISOString().slice(0, 10)
  return new Response(streamOf(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="stipend-requests-${organization}-${day}.csv"`,
      'cache-control': 'no-store',
    },
  })
}

/** Reads on only as fast as the file is taken; what is thrown while reading breaks the download off. */
function streamOf(rows: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await rows.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await rows.return(undefined)
    },
  })
}
