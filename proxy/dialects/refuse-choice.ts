import { malformed } from '../json/malformed.ts'

/** Tools of which one has to be called: those that are named, or any. Null: none has to be. */
export type Choice = { path: string; names?: readonly unknown[] } | null

/** Throws where nothing that is there could be called: some vendors refuse it in words of their own, others pass it over. */
export function refuseChoice(choice: Choice, tools: readonly unknown[]): void {
  if (choice === null) return
  const { path: param, names } = choice
  if (tools.length === 0) throw malformed(param, 'asks for the call of a tool, but there are no tools')
  const missing = names?.find((name) => !tools.includes(name))
  if (missing !== undefined) throw malformed(param, `is ${JSON.stringify(missing)}, which is none of the tools`)
}
