'use server'

import { refresh } from 'next/cache'
import type { ChannelDraft } from '#components/alerts/alert-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { createChannel } from '#lib/channels/create-channel.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function createChannelAction(organization: string, draft: ChannelDraft) {
  return asActionResult(async () => {
    const { name, kind, alertKinds, recipients, url, secret } = draft
    const target = kind === 'email' ? { recipients } : { url, secret: secret || null }
    const { signingSecret } = await createChannel(await currentMember(organization), {
      name,
      kind,
      alertKinds,
      ...target,
    })
    refresh()
    return { signingSecret }
  })
}
