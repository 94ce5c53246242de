import { environment } from '../environment.ts'
import { canSendMail } from '../mail/can-send-mail.ts'

/**
 * Whether a forgotten password can be replaced by mail. The link in it must lead to an address that we know: what a
 * request says its host is, anybody may write, and the mail would carry the link to them.
 */
export function canResetByMail(): boolean {
  return canSendMail() && environment().PUBLIC_URL !== undefined
}
