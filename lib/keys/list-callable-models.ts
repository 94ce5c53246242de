import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Key, Project } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { modelParts, viewModels } from '../models/model-view.ts'

/** Names of the models that key and project both allow; those with a price first, because a capped key needs one. */
export async function listCallableModels(member: Member, keyId: string): Promise<string[]> {
  authorize(member, 'keys.read_own')
  if (!idSchema.safeParse(keyId).success) throw notFound('key')
  const { organizationId } = member
  const own = roleMay(member.role, 'keys.read') ? {} : { membershipId: member.membershipId }
  return inTenant(organizationId, async (tx) => {
    const key = await tx.key.findFirst({ where: { id: keyId, organizationId, ...own }, include: { project: true } })
    if (!key) throw notFound('key')
    const rows = await tx.model.findMany({
      where: { organizationId, archivedAt: null, AND: allowLists(key).map((list) => ({ id: { in: list } })) },
      include: modelParts,
      orderBy: { name: 'asc' },
    })
    const models = await viewModels(tx, organizationId, rows)
    return [...models.filter(({ priced }) => priced), ...models.filter(({ priced }) => !priced)].map(({ name }) => name)
  })
}

function allowLists(key: Key & { project: Project }): string[][] {
  return [key, key.project].filter(({ allModels }) => !allModels).map(({ allowedModelIds }) => allowedModelIds)
}
