import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { EditKey } from '#components/keys/edit-key.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { orNotFound } from '../../../../or-not-found.ts'
import { changeKeyAction } from '../../change-key-action.ts'
import { keyDraftOf } from '../../key-draft-of.ts'
import { keyFormOptionsOf } from '../../key-form-options-of.ts'

interface EditKeyPageProps {
  params: Promise<{ organization: string; key: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys.actions'))('edit') }
}

export default async function EditKeyPage({ params }: EditKeyPageProps) {
  const [{ organization, key: id }, t] = await Promise.all([params, getTranslations('keys')])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'keys.change')) return <NoPermission />
  const key = await orNotFound(getKey(member, id))
  const path = `/${organization}/keys/${key.id}`
  if (key.status === 'revoked') redirect(path)
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageTrail crumbs={[{ label: key.name, href: path }, { label: t('actions.edit') }]} />
      <PageHeader title={t('form.editTitle', { name: key.name })} description={t('form.editDescription')} />
      <EditKey
        initial={keyDraftOf(key, member.organization.timeZone)}
        options={await keyFormOptionsOf(member)}
        keyPath={path}
        change={changeKeyAction.bind(null, organization, key.id)}
      />
    </div>
  )
}
