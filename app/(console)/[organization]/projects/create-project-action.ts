'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readProjectDraft } from './read-project-draft.ts'

export async function createProjectAction(organization: string, form: unknown) {
  return asActionResult(async () => {
    const { id, name } = await createProject(await currentMember(organization), readProjectDraft(form))
    return { id, name }
  })
}
