import { Download, ListTree } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RequestFilters } from '#components/requests/request-filters.tsx'
import { RequestsList } from '#components/requests/requests-list.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { filterOptionsOf } from './filter-options-of.ts'
import { loadRequests } from './load-requests.ts'
import { readFilter, type SearchParams } from './read-filter.ts'
import { totalsOfRequests } from './totals-of-requests.ts'

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
    totalsOfRequests(member, filter),
    filterOptionsOf(member, t('filters.revoked')),
  ])
  const path = `/${organization}/requests`
  const kept = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'request' && name !== 'cursor' ? [[name, value]] : [],
    ),
  )
  const hrefOf = (place: string) => (kept.size ? `${path}${place}?${kept}` : `${path}${place}`)
  const isFirstPage = !search.cursor
  const keysHref = roleMay(member.role, 'keys.read') ? `/${organization}/keys` : null
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title={t('title')}
        description={roleMay(member.role, 'requests.read') ? t('description') : t('descriptionOwn')}
        actions={
          totals.requests > 0 ? (
            // A file and no page: the browser fetches it itself.
            <a href={hrefOf('/export')} download className={buttonStyle()}>
              <Download />
              {t('export')}
            </a>
          ) : null
        }
      />
      <RequestFilters {...options} />
      <RequestsList
        // Another filter is another list.
        key={`${kept} ${search.cursor ?? ''}`}
        organization={organization}
        first={{ rows: list.requests, nextCursor: list.nextCursor, totals }}
        rowsHref={hrefOf('/rows')}
        firstHref={isFirstPage ? null : hrefOf('')}
        linked={list.linked}
        keysHref={keysHref}
        helpHref={`/${organization}/help`}
        empty={
          list.cursorFailed ? (
            <EmptyState
              title={t('empty.badCursor')}
              action={<ButtonLink href={hrefOf('')}>{t('empty.newest')}</ButtonLink>}
            />
          ) : list.isFirstUse ? (
            <EmptyState
              icon={<ListTree />}
              title={t('empty.title')}
              description={t('empty.description')}
              action={keysHref ? <ButtonLink href={keysHref}>{t('empty.action')}</ButtonLink> : null}
            />
          ) : (
            <EmptyState
              icon={<ListTree />}
              title={t('empty.filteredTitle')}
              description={t('empty.filteredDescription')}
            />
          )
        }
      />
    </div>
  )
}
