/** One change. */
export interface AuditFacts {
  id: string
  /** ISO 8601. */
  at: string
  /** An e-mail address, or the name of a management key. */
  actor: string
  actorKind: 'user' | 'management_key' | 'system'
  /** noun.verb. */
  action: string
  target: string | null
  targetHref: string | null
  changes: readonly AuditChange[]
}

/** One field as it was and as it is; null: not there. */
export interface AuditChange {
  field: string
  before: string | null
  after: string | null
}

/** What can be changed; the first part of every action. */
export const auditNouns = [
  'key',
  'budget',
  'project',
  'member',
  'model',
  'price',
  'provider',
  'management_key',
  'organization',
  'account',
  'invitation',
  'access_link',
  'channel',
  'alert',
  'delivery',
  'upstream',
  'view',
] as const
