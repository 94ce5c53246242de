import type { OwnOrganization } from '#lib/auth/list-own-organizations.ts'

/** The page of one's own keys; with several organizations it has to be said of which. */
export function minePath(slug: string, organizations: readonly OwnOrganization[]): string {
  return organizations.length > 1 ? `/me?organization=${slug}` : '/me'
}
