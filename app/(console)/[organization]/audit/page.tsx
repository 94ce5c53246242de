import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { auditNouns } from '#components/audit/audit-facts.ts'
import { AuditFilters } from '#components/audit/audit-filters.tsx'
import { AuditTable } from '#components/audit/audit-table.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PaginationCursor } from '#components/ui/pagination-cursor.tsx'
import { parseRange } from '#components/ui/ranges.ts'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { StipendError } from '#lib/core/errors.ts'
import { usageWindow } from '../../usage/usage-window.ts'
import { auditFactsOf } from './audit-facts-of.ts'

interface AuditPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<{ range?: string; what?: string; who?: string; cursor?: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const [{ organization }, search, t] = await Promise.all([params, searchParams, getTranslations('audit')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'audit.read')) return <NoPermission />
  const { from } = usageWindow(parseRange(search.range), member.organization.timeZone)
  const action = auditNouns.find((noun) => noun === search.what)
  const who = search.who?.trim().slice(0, 200)
  const page = await listAuditEvents(member, {
    from,
    ...(action && { action }),
    ...(who && { actor: who }),
    ...(search.cursor && { cursor: search.cursor }),
  }).catch((error) => {
    // A cursor that no list gave out shows an empty page, not a fault.
    if (error instanceof StipendError && error.param === 'cursor') return { rows: [], nextCursor: null }
    throw error
  })
  const hrefWith = (cursor: string | null) => {
    const next = new URLSearchParams(Object.entries({ ...search, cursor: cursor ?? '' }).filter(([, value]) => value))
    return `/${organization}/audit?${next}`
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <AuditFilters />
        <TimeZoneNote />
      </div>
      {page.rows.length > 0 ? (
        <>
          <AuditTable events={page.rows.map((event) => auditFactsOf(event, `/${organization}`))} />
          <PaginationCursor
            nextHref={page.nextCursor && hrefWith(page.nextCursor)}
            firstHref={search.cursor ? hrefWith(null) : null}
          />
        </>
      ) : (
        <EmptyState icon={<ScrollText />} title={t('empty.title')} description={t('empty.description')} />
      )}
    </div>
  )
}
