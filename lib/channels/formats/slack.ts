import { type ChatFormat, jsonHeaders, refusalByStatus } from './chat-post.ts'

/** An incoming webhook: text with Slack's three escapes. */
export const slack: ChatFormat = ({ url }, { text: { title, lines, link } }) => {
  const text = [`*${escaped(title)}*`, ...lines.map(escaped), ...(link ? [`<${link}>`] : [])].join('\n')
  return { url, headers: jsonHeaders, body: JSON.stringify({ text }), refusalOf: refusalByStatus }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
