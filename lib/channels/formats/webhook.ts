import { type ChatFormat, jsonHeaders, refusalByStatus } from './chat-post.ts'
import { signatureOf } from './signature-of.ts'

/** As the Standard Webhooks specification has it: id, time and body are signed together, so an old call proves nothing. */
export const webhook: ChatFormat = ({ url, secret }, { id, event, sentAtMs }) => {
  const body = JSON.stringify(event)
  const timestamp = String(Math.floor(sentAtMs / 1000))
  const key = Buffer.from((secret ?? '').replace(/^whsec_/, ''), 'base64')
  const headers = {
    ...jsonHeaders,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signatureOf(key, `${id}.${timestamp}.${body}`)}`,
  }
  return { url, headers, body, refusalOf: refusalByStatus }
}
