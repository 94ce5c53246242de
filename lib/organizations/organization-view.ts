import type { Organization } from '../db/generated/client.ts'

export interface OrganizationView {
  id: string
  /** Its part of the console's URLs. */
  slug: string
  name: string
  /** Days, weeks and months of budgets and charts begin by it. */
  timeZone: string
  locale: string
  /** Rate limits of all its keys together; null: none. */
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  requestsPerDay: number | null
  maxParallel: number | null
  /** A key that spends unlike itself is paused, not only told of. */
  pauseOnAnomaly: boolean
  /** Owners, and whose key or budget it is, are told of alerts by mail. */
  mailAlerts: boolean
  /** Its pages open only to who has a second factor. */
  requiresSecondFactor: boolean
  createdAt: Date
}

export function viewOfOrganization(row: Organization): OrganizationView {
  const { id, slug, name, timeZone, locale, pauseOnAnomaly, mailAlerts, requiresSecondFactor, createdAt } = row
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel } = row
  const limits = { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel }
  return { id, slug, name, timeZone, locale, ...limits, pauseOnAnomaly, mailAlerts, requiresSecondFactor, createdAt }
}
