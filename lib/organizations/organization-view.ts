import type { Organization } from '../db/generated/client.ts'

export interface OrganizationView {
  id: string
  /** Its part of the console's URLs. */
  slug: string
  name: string
  /** Days, weeks and months of budgets and charts begin by it. */
  timeZone: string
  locale: string
  createdAt: Date
}

export function viewOfOrganization({ id, slug, name, timeZone, locale, createdAt }: Organization): OrganizationView {
  return { id, slug, name, timeZone, locale, createdAt }
}
