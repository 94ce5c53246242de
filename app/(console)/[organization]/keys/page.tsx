import { KeyRound, Plus, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeyFilters } from '#components/keys/key-filters.tsx'
import { KeysList } from '#components/keys/keys-list.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { keyStatuses } from '#lib/keys/key-view.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { keyFactsOf } from '../../key-facts-of.ts'
import { keyActionsOf } from './key-actions-of.ts'
import { type KeySearch, readKeySearch } from './read-key-search.ts'

interface KeysPageProps {
  params: Promise<{ organization: string }>
  searchParams: Promise<KeySearch>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('title') }
}

export default async function KeysPage({ params, searchParams }: KeysPageProps) {
  const [{ organization }, search, t, tStatus] = await Promise.all([
    params,
    searchParams,
    getTranslations('keys'),
    getTranslations('ui.status'),
  ])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'keys.read')) return <NoPermission />
  const path = `/${organization}/keys`
  const { input, isFiltered, sorting, href } = readKeySearch(path, search)
  const [{ rows, nextCursor }, projects] = await Promise.all([listKeys(member, input), listProjects(member)])
  const mayCreate = roleMay(member.role, 'keys.change')
  const isEmpty = rows.length === 0 && !isFiltered && !search.cursor
  return (
    <div className="grid grid-cols-1 gap-6">
      <LiveRefresh organization={organization} />
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          mayCreate && !isEmpty ? (
            <ButtonLink href={`${path}/new`} variant="primary">
              <Plus />
              {t('new')}
            </ButtonLink>
          ) : null
        }
      />
      {isEmpty ? (
        <EmptyState
          icon={<KeyRound />}
          title={t(projects.length ? 'empty.title' : 'empty.noProjectTitle')}
          description={t(projects.length ? 'empty.description' : 'empty.noProjectDescription')}
          action={
            mayCreate ? (
              <ButtonLink href={projects.length ? `${path}/new` : `/${organization}/projects/new`} variant="primary">
                <Plus />
                {t(projects.length ? 'new' : 'empty.newProject')}
              </ButtonLink>
            ) : null
          }
        />
      ) : (
        <>
          <KeyFilters
            statuses={keyStatuses.map((value) => ({ value, label: tStatus(value) }))}
            projects={projects.map(({ id, name }) => ({ value: id, label: name }))}
          />
          {rows.length ? (
            <KeysList
              // Another filter or order is another list.
              key={`${href} ${search.cursor ?? ''}`}
              first={{ rows: rows.map(keyFactsOf), nextCursor }}
              rowsHref={href.replace(path, `${path}/rows`)}
              firstHref={search.cursor ? href : null}
              basePath={path}
              sort={sorting}
              actions={keyActionsOf(member)}
            />
          ) : (
            <EmptyState
              icon={<SearchX />}
              title={t('empty.filteredTitle')}
              description={t('empty.filteredDescription')}
              action={<ButtonLink href={path}>{t('filters.clear')}</ButtonLink>}
            />
          )}
        </>
      )}
    </div>
  )
}
