import type { Tokenizer } from '../writing/load-tokenizer.ts'
import type { Ask } from './dialect.ts'
import { readChat } from './openai/read-chat.ts'

/** What a request of another dialect asks for, once it is told as a chat: models count and answer all alike. */
export function readAsChat(chat: Record<string, unknown>, tokenizer: Tokenizer): Ask {
  const told = Object.entries(chat).filter(([, value]) => value !== undefined && value !== null)
  return readChat(Object.fromEntries(told), tokenizer)
}
