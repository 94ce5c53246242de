'use server'

import { redirect } from 'next/navigation'
import { currentMember } from '#lib/auth/current-member.ts'
import { removeModel } from '#lib/models/remove-model.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function removeModelAction(organization: string, id: string) {
  return asActionResult(async () => {
    await removeModel(await currentMember(organization), id)
    redirect(`/${organization}/models`)
  })
}
