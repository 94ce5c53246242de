import type { ComboboxOption } from '#components/ui/combobox-option.ts'
import type { Member } from '#lib/auth/member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProjects } from '#lib/projects/list-projects.ts'

const mostKeys = 200

interface FilterOptions {
  keys: ComboboxOption[]
  projects: ComboboxOption[]
  models: ComboboxOption[]
}

/** What the list can be narrowed to; the keys used last come first. */
export async function filterOptionsOf(member: Member, revoked: string): Promise<FilterOptions> {
  const [keys, projects, models] = await Promise.all([
    listKeys(member, { sort: 'last_used', limit: mostKeys }),
    roleMay(member.role, 'projects.read') ? listProjects(member) : [],
    listModels(member),
  ])
  return {
    keys: keys.rows.map((key) => ({
      value: key.id,
      label: key.name,
      description: [key.projectName, key.status === 'revoked' ? revoked : null].filter(Boolean).join(' · '),
    })),
    projects: projects.map(({ id, name }) => ({ value: id, label: name })),
    models: models.map(({ name }) => ({ value: name, label: name })),
  }
}
