import type { Messages } from './messages.ts'

export type Area = keyof Messages

/** The messages of some areas alone: what a page needs in the browser. */
export function pickAreas(messages: Messages, areas: readonly Area[]): Partial<Messages> {
  return Object.fromEntries(areas.map((area) => [area, messages[area]]))
}
