import type { Message } from '../message.ts'

/** For robots that read Markdown; what people named stays what it is. */
export function markdownOf({ title, lines, link }: Message): string {
  return [`**${plain(title)}**`, ...lines.map(plain), ...(link ? [link] : [])].join('\n\n')
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!]/g, (mark) => `\\${mark}`)
}
