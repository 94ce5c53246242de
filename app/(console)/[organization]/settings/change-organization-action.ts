'use server'

import { refresh } from 'next/cache'
import type { ChangeOrganization } from '#components/settings/settings-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { type ChangeOrganizationInput, changeOrganization } from '#lib/organizations/change-organization.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changeOrganizationAction(organization: string, draft: Parameters<ChangeOrganization>[0]) {
  return asActionResult(async () => {
    // The operation judges every field, the language too.
    await changeOrganization(await currentMember(organization), draft as ChangeOrganizationInput)
    refresh()
    return null
  })
}
