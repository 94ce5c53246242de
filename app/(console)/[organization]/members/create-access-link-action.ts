'use server'

import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'

export async function createAccessLinkAction(organization: string, id: string) {
  return asActionResult(async () => {
    const { token, expiresAt } = await createAccessLink(await currentMember(organization), id)
    return { url: `${await publicOrigin()}/join?token=${token}`, expiresAt: expiresAt.toISOString() }
  })
}
