import { ScrollText } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuditFilters } from '#components/audit/audit-filters.tsx'
import { AuditList } from '#components/audit/audit-list.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { StipendError } from '#lib/core/errors.ts'
import { auditFactsOf } from './audit-facts-of.ts'
import { type AuditSearch, readAuditSearch } from './read-audit-search.ts'

interface AuditPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<AuditSearch>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const [{ organization }, search, t] = await Promise.all([params, searchParams, getTranslations('audit')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'audit.read')) return <NoPermission />
  const page = await listAuditEvents(member, readAuditSearch(member, search)).catch((error) => {
    // A cursor that no list gave out shows an empty page, not a fault.
    if (error instanceof StipendError && error.param === 'cursor') return { rows: [], nextCursor: null }
    throw error
  })
  const kept = new URLSearchParams(
    Object.entries(search).filter(([name, value]) => value && name !== 'cursor') as [string, string][],
  )
  const base = `/${organization}`
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <AuditFilters />
        <TimeZoneNote />
      </div>
      {page.rows.length > 0 ? (
        <AuditList
          // Another filter is another list.
          key={`${kept} ${search.cursor ?? ''}`}
          first={{ rows: page.rows.map((event) => auditFactsOf(event, base)), nextCursor: page.nextCursor }}
          rowsHref={`${base}/audit/rows?${kept}`}
          firstHref={search.cursor ? `${base}/audit?${kept}` : null}
        />
      ) : (
        <EmptyState icon={<ScrollText />} title={t('empty.title')} description={t('empty.description')} />
      )}
    </div>
  )
}
