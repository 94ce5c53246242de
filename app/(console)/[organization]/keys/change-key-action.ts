'use server'

import type { KeyDraft } from '#components/keys/key-draft.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { type ChangeKeyInput, changeKey } from '#lib/keys/change-key.ts'
import type { CreateKeyInput } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { asActionResult } from '../../as-action-result.ts'
import { keyDraftOf } from './key-draft-of.ts'
import { readKeyDraft } from './read-key-draft.ts'

export async function changeKeyAction(organization: string, id: string, form: KeyDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { timeZone } = member.organization
    const input = readKeyDraft(form, timeZone)
    const { name } = await changeKey(member, id, changedOf(input, form, keyDraftOf(await getKey(member, id), timeZone)))
    return { name }
  })
}

/** Where the form shows a field under another name. */
const formFieldOf: Partial<Record<keyof CreateKeyInput, keyof KeyDraft>> = { budgets: 'caps', expiresAt: 'expiresOn' }

/** Only what was changed: the rest may be what no form can show, or what somebody else changes at this moment. */
function changedOf(input: CreateKeyInput, form: KeyDraft, before: KeyDraft): ChangeKeyInput {
  const isChanged = ([field]: [string, unknown]) => {
    const shown = formFieldOf[field as keyof CreateKeyInput] ?? (field as keyof KeyDraft)
    return JSON.stringify(form[shown]) !== JSON.stringify(before[shown])
  }
  return Object.fromEntries(Object.entries(input).filter(isChanged))
}
