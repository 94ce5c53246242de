'use server'

import { testChannel } from '#lib/alerts/test-channel.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function testChannelAction(organization: string, id: string) {
  return asActionResult(async () => testChannel(await currentMember(organization), id))
}
