'use server'

import { refresh } from 'next/cache'
import { notFound } from 'next/navigation'
import { currentUser } from '#lib/auth/current-user.ts'
import { findMember } from '#lib/auth/find-member.ts'
import { leaveOrganization } from '#lib/offboarding/leave-organization.ts'
import { asActionResult } from '../../as-action-result.ts'

/** Also from an organization that wants a second factor first: nobody has to set one up in order to leave. */
export async function leaveOrganizationAction(organization: string) {
  return asActionResult(async () => {
    const member = await findMember(await currentUser('/me/account'), organization)
    await leaveOrganization(member ?? notFound())
    refresh()
    return null
  })
}
