import { Download, ListTree } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { displayUsd } from '#components/display-usd.ts'
import { LiveUpdates } from '#components/requests/live-updates.tsx'
import { RequestFilters } from '#components/requests/request-filters.tsx'
import { RequestTotals } from '#components/requests/request-totals.tsx'
import { RequestsList } from '#components/requests/requests-list.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PaginationCursor } from '#components/ui/pagination-cursor.tsx'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { formatUsd } from '#lib/core/money.ts'
import { sumRequests } from '#lib/requests/sum-requests.ts'
import { filterOptionsOf } from './filter-options-of.ts'
import { loadRequests } from './load-requests.ts'
import { readFilter, type SearchParams } from './read-filter.ts'

interface RequestsPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('requests')
  return { title: t('title') }
}

export default async function RequestsPage({ params, searchParams }: RequestsPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams])
  const member = await currentMember(organization)
  const t = await getTranslations('requests')
  const filter = readFilter(search)
  const [list, totals, options] = await Promise.all([
    loadRequests(member, filter, search),
    sumRequests(member, filter),
    filterOptionsOf(member, t('filters.revoked')),
  ])
  const path = `/${organization}/requests`
  const hrefWith = (cursor: string | null) => {
    const next = new URLSearchParams(
      Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    )
    next.delete('request')
    next.delete('cursor')
    if (cursor) next.set('cursor', cursor)
    return next.size ? `${path}?${next}` : path
  }
  const isFirstPage = !search.cursor
  const keysHref = roleMay(member.role, 'keys.read') ? `/${organization}/keys` : null
  const costUsd = formatUsd(totals.costNanos)
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title={t('title')}
        description={roleMay(member.role, 'requests.read') ? t('description') : t('descriptionOwn')}
        actions={
          <>
            {isFirstPage ? <LiveUpdates /> : null}
            {totals.requests > 0 ? (
              // A file and no page: the browser fetches it itself.
              <a href={hrefWith(null).replace(path, `${path}/export`)} download className={buttonStyle()}>
                <Download />
                {t('export')}
              </a>
            ) : null}
          </>
        }
      />
      <RequestFilters {...options} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
        <RequestTotals
          totals={{
            requests: totals.requests,
            inputTokens: totals.inputTokens,
            outputTokens: totals.outputTokens,
            costUsd,
          }}
        />
        <TimeZoneNote />
      </div>
      <RequestsList
        requests={list.requests}
        linked={list.linked}
        keysHref={keysHref}
        helpHref={`/${organization}/help`}
      />
      {list.requests.length > 0 ? (
        <PaginationCursor
          nextHref={list.nextCursor && hrefWith(list.nextCursor)}
          firstHref={isFirstPage ? null : hrefWith(null)}
          summary={t('summary', { count: totals.requests, cost: displayUsd(costUsd) })}
        />
      ) : list.cursorFailed ? (
        <EmptyState
          title={t('empty.badCursor')}
          action={<ButtonLink href={hrefWith(null)}>{t('empty.newest')}</ButtonLink>}
        />
      ) : list.isFirstUse ? (
        <EmptyState
          icon={<ListTree />}
          title={t('empty.title')}
          description={t('empty.description')}
          action={keysHref ? <ButtonLink href={keysHref}>{t('empty.action')}</ButtonLink> : null}
        />
      ) : (
        <EmptyState icon={<ListTree />} title={t('empty.filteredTitle')} description={t('empty.filteredDescription')} />
      )}
    </div>
  )
}
