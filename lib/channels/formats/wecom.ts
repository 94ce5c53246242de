import { type ChatFormat, jsonHeaders, refusalByCode } from './chat-post.ts'
import { markdownOf } from './markdown-of.ts'

/** A group robot; its address is its only secret. */
export const wecom: ChatFormat = ({ url }, { text }) => {
  const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: markdownOf(text) } })
  return { url, headers: jsonHeaders, body, refusalOf: refusalByCode('errcode') }
}
