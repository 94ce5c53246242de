import { StipendError } from '#lib/core/errors.ts'

/** What the script of a page asks for, as of this moment; what it asked wrong is said to it. */
export async function jsonAnswer(read: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await read(), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof StipendError) return Response.json({ message: error.message }, { status: error.status })
    throw error
  }
}
