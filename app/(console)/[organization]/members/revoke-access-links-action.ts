'use server'

import { revokeAccessLinks } from '#lib/access-links/revoke-access-links.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function revokeAccessLinksAction(organization: string, id: string) {
  return asActionResult(async () => revokeAccessLinks(await currentMember(organization), id))
}
