import type { ChannelTarget } from '../channel-target.ts'
import type { Message } from '../message.ts'

/** One HTTP call that carries a message, and how its receiver says that it was taken. */
export interface ChatPost {
  url: string
  headers: Record<string, string>
  body: string
  /** Null: taken; else why not. */
  refusalOf(answer: { status: number; text: string }): string | null
}

export interface Parcel {
  /** The same for every attempt, so that a receiver can drop what it had. */
  id: string
  text: Message
  /** The alert as data, for programs. */
  event: object
  sentAtMs: number
}

export type ChatFormat = (target: ChannelTarget, parcel: Parcel) => ChatPost

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }

/** Robots that answer 200 whatever happens and put the truth into a field. */
export function refusalByCode(field: string) {
  return ({ status, text }: { status: number; text: string }): string | null => {
    if (status < 200 || status > 299) return `HTTP ${status}: ${text.slice(0, 200)}`
    try {
      const answer = JSON.parse(text) as Record<string, unknown>
      return answer[field] === 0 ? null : text.slice(0, 200)
    } catch {
      return `No JSON came back: ${text.slice(0, 200)}`
    }
  }
}

export function refusalByStatus({ status, text }: { status: number; text: string }): string | null {
  return status >= 200 && status <= 299 ? null : `HTTP ${status}: ${text.slice(0, 200)}`
}
