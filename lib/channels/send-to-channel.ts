import type { AlertChannel } from '../db/generated/client.ts'
import { sendMail } from '../mail/send-mail.ts'
import { outboundFetch } from '../outbound/outbound-fetch.ts'
import type { ChannelKind } from './channel-kinds.ts'
import { openTarget } from './channel-target.ts'
import type { ChatFormat, Parcel } from './formats/chat-post.ts'
import { dingtalk } from './formats/dingtalk.ts'
import { feishu } from './formats/feishu.ts'
import { mailBodyOf } from './formats/mail-body-of.ts'
import { slack } from './formats/slack.ts'
import { webhook } from './formats/webhook.ts'
import { wecom } from './formats/wecom.ts'

const timeoutMs = 10_000
const maxBytes = 64 * 1024

const formats: Record<Exclude<ChannelKind, 'email'>, ChatFormat> = { webhook, slack, feishu, dingtalk, wecom }

/** Sends once. Throws with why it was not taken. */
export async function sendToChannel(channel: AlertChannel, parcel: Parcel): Promise<void> {
  const kind = channel.kind as ChannelKind
  if (kind === 'email') {
    const { title } = parcel.text
    return sendMail({ to: channel.recipients, subject: title, text: mailBodyOf(parcel.text), messageId: parcel.id })
  }
  const { url, headers, body, refusalOf } = formats[kind](openTarget(channel.sealed!, channel), parcel)
  const answer = await outboundFetch(url, { method: 'POST', headers, body, timeoutMs, maxBytes })
  const refusal = refusalOf(answer)
  if (refusal !== null) throw new Error(refusal)
}
