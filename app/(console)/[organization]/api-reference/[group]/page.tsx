import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ApiOperationView } from '#components/reference/api-operation.tsx'
import { ReferenceNeighbours } from '#components/reference/reference-neighbours.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { publicOrigin } from '../../../public-origin.ts'
import { groupLabelOf } from '../group-label-of.ts'
import { operationsOf } from '../operations-of.ts'
import { referencePartsOf } from '../reference-parts-of.ts'

interface GroupPageProps {
  params: Promise<{ organization: string; group: string }>
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  const [{ group }, t] = await Promise.all([params, getTranslations('reference')])
  return { title: `${t('title')} · ${groupLabelOf(t, group)}` }
}

export default async function GroupPage({ params }: GroupPageProps) {
  const [{ organization, group: name }, t, locale, origin] = await Promise.all([
    params,
    getTranslations('reference'),
    getLocale(),
    publicOrigin(),
  ])
  await currentMember(organization)
  const group = operationsOf(locale, origin).find((candidate) => candidate.name === name)
  if (!group) notFound()
  const items = referencePartsOf(t, organization, locale, origin).flatMap((part) => part.items)
  const place = items.findIndex(({ href }) => href.endsWith(`/${name}`))
  return (
    <div>
      <PageTrail crumbs={[{ label: groupLabelOf(t, name) }]} />
      {group.operations.map((operation) => (
        <ApiOperationView key={operation.id} operation={operation} />
      ))}
      <ReferenceNeighbours before={items[place - 1]} after={items[place + 1]} />
    </div>
  )
}
