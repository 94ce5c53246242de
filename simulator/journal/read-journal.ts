import { readFileSync } from 'node:fs'
import type { Call } from './call.ts'

/** The calls of a journal file, also of a vendor that was killed: a last line without its end is left out. */
export function readJournal(file: string): Call[] {
  const calls = new Map<string, Call>()
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as Call
    const call = calls.get(entry.id)
    if (call) Object.assign(call, entry)
    // A change without its call belongs to a time before the last reset.
    else if (entry.at !== undefined) calls.set(entry.id, entry)
  }
  return [...calls.values()]
}
