'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { removeChannel } from '#lib/channels/remove-channel.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function removeChannelAction(organization: string, id: string) {
  return asActionResult(async () => {
    await removeChannel(await currentMember(organization), id)
    refresh()
    return null
  })
}
