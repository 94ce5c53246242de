import { StipendError } from '#lib/core/errors.ts'

/** What the script of a list asks for when it is scrolled or changes; what the caller did wrong is said to it. */
export async function rowsAnswer(read: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await read(), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof StipendError) return Response.json({ message: error.message }, { status: error.status })
    throw error
  }
}
