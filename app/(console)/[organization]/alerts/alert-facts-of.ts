import type { AlertFacts } from '#components/alerts/alert-facts.ts'
import type { AlertView } from '#lib/alerts/alert-view.ts'
import { writeAlertText } from '#lib/alerts/write-alert-text.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'

/** An alert in the language of who looks, with the page of what it is about. */
export function alertFactsOf(view: AlertView, { organization }: SignedInMember, locale: string): AlertFacts {
  const { name, timeZone, slug } = organization
  const { title, lines } = writeAlertText(view, { name, timeZone, locale }, null)
  return {
    id: view.id,
    kind: view.kind,
    percent: view.percent,
    title,
    lines,
    href: hrefOf(view, slug),
    at: view.createdAt.toISOString(),
    isOpen: view.acknowledgedAt === null,
  }
}

function hrefOf({ keyId, providerId, facts }: AlertView, slug: string): string | null {
  if (facts.requestId) return `/${slug}/requests?request=${facts.requestId}`
  if (keyId) return `/${slug}/keys/${keyId}`
  if (providerId) return `/${slug}/providers`
  return null
}
