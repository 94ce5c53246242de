import { type ChatFormat, jsonHeaders, refusalByCode } from './chat-post.ts'
import { markdownOf } from './markdown-of.ts'
import { signatureOf } from './signature-of.ts'

/** A custom robot. With a secret, time and signature of "<milliseconds>\n<secret>" go into the address. */
export const dingtalk: ChatFormat = ({ url, secret }, { text, sentAtMs }) => {
  const address = new URL(url)
  if (secret !== null) {
    address.searchParams.set('timestamp', String(sentAtMs))
    address.searchParams.set('sign', signatureOf(secret, `${sentAtMs}\n${secret}`))
  }
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { title: text.title, text: markdownOf(text) } })
  return { url: address.toString(), headers: jsonHeaders, body, refusalOf: refusalByCode('errcode') }
}
