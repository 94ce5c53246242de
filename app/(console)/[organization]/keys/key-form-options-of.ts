import type { KeyFormOptions } from '#components/keys/key-form-options.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { listModels } from '#lib/models/list-models.ts'
import { listProjects } from '#lib/projects/list-projects.ts'
import { budgetFactsOf } from '../../budget-facts-of.ts'

/** What a key of this organization can be made of. */
export async function keyFormOptionsOf(member: SignedInMember): Promise<KeyFormOptions> {
  const { timeZone } = member.organization
  const [projects, members, models] = await Promise.all([listProjects(member), listMembers(member), listModels(member)])
  return {
    projects: projects.map(({ id, name, models, budgets }) => ({
      id,
      name,
      models,
      budgets: budgets.map(budgetFactsOf),
    })),
    members: members.map(({ name, email }) => ({ name, email })),
    models: models.map(({ name, priced }) => ({ name, priced })),
    today: localDateOf(new Date(), timeZone),
    timeZone,
  }
}
