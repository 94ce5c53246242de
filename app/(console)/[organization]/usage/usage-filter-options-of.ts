import type { UsageFilterOptions } from '#components/usage/usage-controls.tsx'
import type { Member } from '#lib/auth/member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { listProviders } from '#lib/providers/list-providers.ts'

const mostKeys = 200

/** What usage can be narrowed to; empty is what this member may not see. */
export async function usageFilterOptionsOf(member: Member): Promise<UsageFilterOptions> {
  const [keys, projects, members, models, providers] = await Promise.all([
    listKeys(member, { sort: 'last_used', limit: mostKeys }),
    roleMay(member.role, 'projects.read') ? listProjects(member) : [],
    roleMay(member.role, 'members.read') ? listMembers(member) : [],
    listModels(member),
    roleMay(member.role, 'providers.read') ? listProviders(member) : [],
  ])
  const option = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })
  return {
    key: keys.rows.map((key) => ({ ...option(key), description: key.projectName })),
    project: projects.map(option),
    member: members.map((entry) => ({ ...option(entry), description: entry.email })),
    model: models.map(option),
    provider: providers.map(option),
  }
}
