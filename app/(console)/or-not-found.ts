import { notFound } from 'next/navigation'
import { StipendError } from '#lib/core/errors.ts'

/** What an operation finds, or the page that says there is nothing here. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (error instanceof StipendError && error.code === 'not_found') notFound()
    throw error
  }
}
