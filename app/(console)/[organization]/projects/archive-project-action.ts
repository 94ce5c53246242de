'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { removeProject } from '#lib/projects/remove-project.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function archiveProjectAction(organization: string, id: string) {
  return asActionResult(async () => {
    await removeProject(await currentMember(organization), id)
    return null
  })
}
