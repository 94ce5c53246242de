import { createTransport, type Transporter } from 'nodemailer'
import { StipendError } from '../core/errors.ts'
import { environment } from '../environment.ts'

export interface Mail {
  to: string[]
  subject: string
  text: string
  /** The same mail sent again carries the same one, so that receivers can drop it. */
  messageId?: string
}

const timeoutMs = 15_000

let transport: Transporter | null = null

/** Hands a mail to the server of SMTP_URL; throws `unavailable` when there is none and `upstream_error` when it does not take it. */
export async function sendMail({ to, subject, text, messageId }: Mail): Promise<void> {
  const { SMTP_URL: url, SMTP_FROM: from } = environment()
  if (url === undefined) {
    throw new StipendError('unavailable', 'This installation cannot send mail: SMTP_URL is not set.')
  }
  transport ??= createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  try {
    await transport.sendMail({ from, to, subject, text, ...(messageId && { messageId: `<${messageId}@stipend>` }) })
  } catch (cause) {
    throw new StipendError('upstream_error', `The mail server did not take it: ${(cause as Error).message}`, { cause })
  }
}
