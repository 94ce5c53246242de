import { type ChatFormat, jsonHeaders, refusalByCode } from './chat-post.ts'
import { signatureOf } from './signature-of.ts'

/** A custom bot. With a secret, the signature's key is "<seconds>\n<secret>" and nothing is what it signs. */
export const feishu: ChatFormat = ({ url, secret }, { text: { title, lines, link }, sentAtMs }) => {
  const timestamp = String(Math.floor(sentAtMs / 1000))
  const sign = secret === null ? {} : { timestamp, sign: signatureOf(`${timestamp}\n${secret}`, '') }
  const text = [...[title, ...lines].map(plain), ...(link ? [link] : [])].join('\n')
  const body = JSON.stringify({ ...sign, msg_type: 'text', content: { text } })
  return { url, headers: jsonHeaders, body, refusalOf: refusalByCode('code') }
}

/** A bot reads tags in plain text, with which it calls on people, and takes no escapes. */
function plain(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('>', '＞')
}
