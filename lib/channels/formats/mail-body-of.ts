import type { Message } from '../message.ts'

export function mailBodyOf({ lines, link }: Message): string {
  return [...lines, ...(link ? ['', link] : [])].join('\n')
}
