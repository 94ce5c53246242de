import { deriveKey } from '../secrets/derive-key.ts'

/**
 * The URL under which console and gateway connect: the same database as a role that row-level security binds.
 * Role and password follow from the database's name and the master secret, so every node arrives at the same.
 */
export function appDatabaseUrl(databaseUrl: string, masterSecret: string): string {
  const url = new URL(databaseUrl)
  url.username = appRoleOf(databaseUrl)
  url.password = deriveKey(masterSecret, 'database-role').toString('base64url')
  return url.toString()
}

/** Roles belong to a whole cluster, so the database's name is in the role's. */
export function appRoleOf(databaseUrl: string): string {
  return `stipend_app_${decodeURIComponent(new URL(databaseUrl).pathname.slice(1))}`.slice(0, 63)
}
