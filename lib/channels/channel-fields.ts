import { z } from 'zod'
import { alertKinds } from '../core/alert-kinds.ts'
import { nameSchema } from '../core/fields.ts'
import { channelKinds } from './channel-kinds.ts'

const maxRecipients = 20

export const channelFields = {
  name: nameSchema,
  kind: z.enum(channelKinds),
  /** Of e-mail. */
  recipients: z.array(z.email('Write an e-mail address')).min(1).max(maxRecipients),
  /** Of every other kind. */
  url: z.string().max(2_000),
  /** With which Feishu and DingTalk check who sends; a webhook gets one of ours. */
  secret: z.string().min(1).max(500).nullable(),
  /** Empty: every kind of alert. */
  alertKinds: z.array(z.enum(alertKinds)).max(alertKinds.length),
}
