'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type ChangeChannelInput, changeChannel } from '#lib/channels/change-channel.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changeChannelAction(organization: string, id: string, change: ChangeChannelInput) {
  return asActionResult(async () => {
    await changeChannel(await currentMember(organization), id, change)
    refresh()
    return null
  })
}
