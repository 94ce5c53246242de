/** What is read together; a group that nobody has placed stands at the end. */
const parts = {
  money: ['keys', 'projects', 'budgets', 'raises', 'asks'],
  models: ['models', 'prices', 're-ratings', 'providers', 'health'],
  people: ['members', 'invitations', 'former-members'],
  books: ['requests', 'usage', 'ledger', 'audit'],
  alerts: ['alerts', 'alert-channels', 'alert-deliveries'],
  rest: ['organization'],
} as const

export type ReferencePart = keyof typeof parts

const placed: readonly string[] = Object.values(parts).flat()

/** The groups in the order in which they are read, by what they belong to. */
export function partsOf<Group extends { name: string }>(groups: readonly Group[]): [ReferencePart, Group[]][] {
  const unplaced = groups.filter(({ name }) => !placed.includes(name))
  return Object.entries(parts).map(([part, names]) => [
    part as ReferencePart,
    [...names.flatMap((name) => groups.filter((group) => group.name === name)), ...(part === 'rest' ? unplaced : [])],
  ])
}
