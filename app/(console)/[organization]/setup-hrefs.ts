import type { SetupStep } from '#components/overview/setup-step.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { type Permission, roleMay } from '#lib/auth/permissions.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import type { SetupProgress } from '#lib/organizations/get-setup-progress.ts'

/** Where each step of the set-up is taken; null where the member may not. */
export async function setupHrefs(
  member: SignedInMember,
  progress: SetupProgress,
): Promise<Record<SetupStep, string | null>> {
  const { slug } = member.organization
  const allow = (permission: Permission, path: string) => (roleMay(member.role, permission) ? `/${slug}${path}` : null)
  const [newest] = progress.key ? (await listKeys(member, { limit: 1 })).rows : []
  return {
    provider: allow('providers.change', '/providers?new=1'),
    model: allow('models.change', '/models/new'),
    project: allow('projects.change', '/projects/new'),
    key: allow('keys.change', '/keys/new'),
    call: newest ? `/${slug}/keys/${newest.id}` : null,
  }
}
