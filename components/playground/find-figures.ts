import type { CallFigures } from './call-figures.ts'

const tries = 30
const betweenMs = 250
const slowest = 4

/** What a call used and cost, once it is booked; a stopped one is a moment later. Null: it does not show up. */
export async function findFigures(url: string): Promise<CallFigures | null> {
  for (let tried = 0; tried < tries; tried++) {
    try {
      const response = await fetch(url, { redirect: 'error' })
      if (response.ok) return await response.json()
      if (response.status !== 404) return null
    } catch {
      return null
    }
    await new Promise((resolve) => setTimeout(resolve, betweenMs * Math.min(tried + 1, slowest)))
  }
  return null
}
