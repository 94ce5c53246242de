import { MessageSquare } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { NoKeyGuide } from '#components/me/no-key-guide.tsx'
import { NewOwnKey } from '#components/playground/new-own-key.tsx'
import { Playground } from '#components/playground/playground.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listCallableModels } from '#lib/keys/list-callable-models.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listKeyMakers } from '#lib/members/list-key-makers.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { gatewayBaseUrl } from '../../gateway-base-url.ts'
import { minePath } from '../../mine-path.ts'
import { createOwnKeyAction } from './create-own-key-action.ts'
import { playgroundKeyOf } from './playground-key-of.ts'
import { playgroundModelOf } from './playground-model-of.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('playground')
  return { title: t('title') }
}

export default async function PlaygroundPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const [member, t] = await Promise.all([currentMember(organization), getTranslations('playground')])
  if (!roleMay(member.role, 'keys.use_own')) return <NoPermission description={t('noPermission')} />
  const [models, keys, baseUrl, organizations] = await Promise.all([
    listModels(member),
    ownKeysOf(member),
    gatewayBaseUrl(),
    listOwnOrganizations(member.userId),
  ])
  const chats = models.flatMap((model) => playgroundModelOf(model) ?? [])
  const [key, ...others] = keys
  if (chats.length > 0 && key) {
    return (
      <Playground
        keys={[key, ...others]}
        models={chats}
        links={{
          calls: `/${organization}/playground/calls`,
          help: `/${organization}/help`,
          mine: minePath(organization, organizations),
          requests: `/${organization}/requests`,
        }}
        baseUrl={baseUrl}
        storageKey={`stipend-playground-${organization}`}
      />
    )
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title={t('title')} description={t('description')} />
      {chats.length === 0 ? <NoModels member={member} /> : <NoKey member={member} />}
    </div>
  )
}

/** The one that was used last comes first among those that can pay. */
async function ownKeysOf(member: SignedInMember) {
  const { rows } = await listKeys(member, { membershipId: member.membershipId, sort: 'last_used', limit: 100 })
  const keys = await Promise.all(
    rows.map(async (key) =>
      playgroundKeyOf(key, key.status === 'revoked' ? [] : await listCallableModels(member, key.id)),
    ),
  )
  const own = keys.filter((key) => key !== null)
  return [...own.filter(({ status }) => status === 'active'), ...own.filter(({ status }) => status !== 'active')]
}

async function NoModels({ member }: { member: SignedInMember }) {
  const t = await getTranslations('playground.noModels')
  const may = roleMay(member.role, 'models.change')
  return (
    <EmptyState
      icon={<MessageSquare />}
      title={t('title')}
      description={t(may ? 'description' : 'descriptionOwn')}
      action={
        may ? (
          <ButtonLink variant="primary" href={`/${member.organization.slug}/models/new`}>
            {t('add')}
          </ButtonLink>
        ) : null
      }
    />
  )
}

async function NoKey({ member }: { member: SignedInMember }) {
  const t = await getTranslations('playground.noKey')
  const { slug, name } = member.organization
  if (!roleMay(member.role, 'keys.change')) {
    return (
      <>
        {/* A key that is made meanwhile works at once. */}
        <LiveRefresh organization={slug} />
        <NoKeyGuide
          organization={name}
          people={await listKeyMakers(member)}
          modelsHref={`/${slug}/models`}
          helpHref={`/${slug}/help`}
        />
      </>
    )
  }
  const [project, ...others] = (await listProjects(member)).map((one) => ({ id: one.id, name: one.name }))
  if (project) return <NewOwnKey projects={[project, ...others]} create={createOwnKeyAction.bind(null, slug)} />
  return (
    <EmptyState
      icon={<MessageSquare />}
      title={t('title')}
      description={t('noProject')}
      action={
        <ButtonLink variant="primary" href={`/${slug}/projects/new`}>
          {t('newProject')}
        </ButtonLink>
      }
    />
  )
}
