import { setTimeout as sleep } from 'node:timers/promises'
import { isDataError } from '../db/is-away.ts'

/** Tries a batch again when others stood in its way or its reply was lost: sent twice it still counts once. */
export async function persist<T>(work: (retried: boolean) => Promise<T>): Promise<T> {
  const pausesMs = [0, 20, 100]
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt > 0)
    } catch (error) {
      if (attempt >= pausesMs.length || isDataError(error)) throw error
      await sleep(pausesMs[attempt])
    }
  }
}
