'use server'

import { rateNames } from '#components/limits/rate-draft.ts'
import type { ProjectDraft } from '#components/projects/project-draft.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { changeProject } from '#lib/projects/change-project.ts'
import { getProject } from '#lib/projects/get-project.ts'
import { asActionResult } from '../../as-action-result.ts'
import { projectDraftOf } from './project-draft-of.ts'
import { readProjectDraft } from './read-project-draft.ts'

export async function changeProjectAction(organization: string, id: string, form: ProjectDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const input = readProjectDraft(form)
    const before = projectDraftOf(await getProject(member, id))
    const isChanged = (field: keyof ProjectDraft) => JSON.stringify(form[field]) !== JSON.stringify(before[field])
    // Only what was changed, so that two people who edit different things at once both get their way.
    const { name } = await changeProject(member, id, {
      ...(isChanged('name') && { name: input.name }),
      ...(isChanged('models') && { models: input.models }),
      ...(isChanged('caps') && { budgets: input.budgets }),
      ...Object.fromEntries(rateNames.filter(isChanged).map((rate) => [rate, input[rate]])),
    })
    return { id, name }
  })
}
