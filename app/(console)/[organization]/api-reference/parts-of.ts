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

/** The groups in the order in which they are read, by what they belong to. */
export function partsOf<Group extends { name: string }>(groups: readonly Group[]): [ReferencePart, Group[]][] {
  const placeOf = (name: string): [ReferencePart, number] => {
    for (const part of Object.keys(parts) as ReferencePart[]) {
      const at = (parts[part] as readonly string[]).indexOf(name)
      if (at >= 0) return [part, at]
    }
    return ['rest', Number.POSITIVE_INFINITY]
  }
  return (Object.keys(parts) as ReferencePart[])
    .map((part): [ReferencePart, Group[]] => [
      part,
      groups
        .filter(({ name }) => placeOf(name)[0] === part)
        .sort((one, other) => placeOf(one.name)[1] - placeOf(other.name)[1]),
    ])
    .filter(([, found]) => found.length > 0)
}
