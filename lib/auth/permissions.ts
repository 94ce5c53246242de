import type { Role } from './member.ts'

/** noun.verb; "own" reaches only what belongs to the member. */
const rolesOf = {
  'organization.read': ['owner', 'admin', 'lead', 'member', 'viewer'],
  'organization.change': ['owner', 'admin'],
  'organization.require_second_factor': ['owner'],
  'members.read': ['owner', 'admin', 'lead', 'viewer'],
  'members.change': ['owner', 'admin'],
  'members.import': ['owner', 'admin', 'lead'],
  'projects.read': ['owner', 'admin', 'lead', 'viewer'],
  'projects.change': ['owner', 'admin', 'lead'],
  'keys.read': ['owner', 'admin', 'lead', 'viewer'],
  'keys.change': ['owner', 'admin', 'lead'],
  'keys.read_own': ['owner', 'admin', 'lead', 'member', 'viewer'],
  /** To call models from the console. */
  'keys.use_own': ['owner', 'admin', 'lead', 'member'],
  'management_keys.change': ['owner', 'admin'],
  'providers.read': ['owner', 'admin', 'lead', 'viewer'],
  'providers.change': ['owner', 'admin'],
  'models.read': ['owner', 'admin', 'lead', 'member', 'viewer'],
  'models.change': ['owner', 'admin'],
  'budgets.change': ['owner', 'admin', 'lead'],
  'budgets.change_organization': ['owner', 'admin'],
  'requests.read': ['owner', 'admin', 'lead', 'viewer'],
  'requests.read_own': ['owner', 'admin', 'lead', 'member', 'viewer'],
  'usage.read': ['owner', 'admin', 'lead', 'viewer'],
  'ledger.verify': ['owner', 'admin', 'lead', 'viewer'],
  'alerts.read': ['owner', 'admin', 'lead', 'viewer'],
  'alerts.acknowledge': ['owner', 'admin', 'lead'],
  'channels.change': ['owner', 'admin'],
  'audit.read': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof rolesOf

/** The one table that pages, actions and handlers ask. */
export function roleMay(role: Role, permission: Permission): boolean {
  return (rolesOf[permission] as readonly Role[]).includes(role)
}
