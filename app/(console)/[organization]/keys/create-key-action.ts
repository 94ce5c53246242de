'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { listCallableModels } from '#lib/keys/list-callable-models.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readKeyDraft } from './read-key-draft.ts'

export async function createKeyAction(organization: string, form: unknown) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { id, name, secret } = await createKey(member, readKeyDraft(form, member.organization.timeZone))
    return { id, name, secret, models: await listCallableModels(member, id) }
  })
}
