import type { DialectName } from '#lib/core/dialects.ts'

/**
 * What is asked of a model in words of no dialect: what every two dialects that do not match meet in. The shape
 * follows the language-model specification of the AI SDK's providers: a system prompt, turns made of parts, tools,
 * and settings. Null: the caller said nothing of it.
 */
export interface Conversation {
  system: TextPart[]
  turns: Turn[]
  tools: Tool[]
  toolChoice: 'auto' | 'none' | 'required' | { name: string } | null
  /** Whether several tools may be called at once. */
  parallelTools: boolean | null
  /** The answer has to be JSON, of a schema if there is one. */
  format: Format | null
  outputCap: number | null
  stop: string[]
  temperature: number | null
  topP: number | null
  topK: number | null
  seed: number | null
  frequencyPenalty: number | null
  presencePenalty: number | null
  reasoning: Reasoning | null
  /** Whose question it is, for the vendor's watch over abuse. */
  user: string | null
  stream: boolean
}

export type Turn = { role: 'user'; parts: UserPart[] } | { role: 'assistant'; parts: AssistantPart[] }

export type UserPart = TextPart | FilePart | ToolResultPart
export type AssistantPart = TextPart | ReasoningPart | ToolCallPart

export interface TextPart {
  type: 'text'
  text: string
  /** How long the vendor is asked to keep everything up to here in its cache. */
  cachedFor?: CacheLifetime
}

export type CacheLifetime = '5m' | '1h'

export interface FilePart {
  type: 'file'
  /** Where it stands in the caller's request, to be named when it cannot be shown elsewhere. */
  path: string
  /** "image/*" where nobody said which kind of picture. */
  mediaType: string
  /** Base64, or where it lies. */
  data: { base64: string } | { url: string }
  name?: string
  /** How closely a picture is to be looked at. */
  detail?: string
  cachedFor?: CacheLifetime
}

export interface ReasoningPart {
  type: 'reasoning'
  /** The caller's field that it was in. */
  field: string
  text: string
  /** What proves to the vendor that the thought is its own; only whoever wrote it can read it. */
  seal: Seal | null
}

/** A vendor's signature of a thought, or the thought itself in a form that only the vendor can read. */
export interface Seal {
  origin: DialectName
  value: string
  /** The thought is in the seal, and nowhere else. */
  isWhole?: boolean
  /** What was thought, where it went along with the proof of it. */
  thought?: string
}

export interface ToolCallPart {
  type: 'tool call'
  id: string
  /** Where it stands in the caller's request. */
  path: string
  name: string
  /** JSON, as the model wrote it. */
  input: string
}

export interface ToolResultPart {
  type: 'tool result'
  id: string
  path: string
  parts: (TextPart | FilePart)[]
  isError: boolean
  cachedFor?: CacheLifetime
}

export interface Tool {
  name: string
  description: string | null
  /** JSON schema. */
  parameters: unknown
  isStrict: boolean | null
  cachedFor?: CacheLifetime
}

export interface Format {
  name: string
  description: string | null
  /** Null: any JSON object. */
  schema: unknown
  isStrict: boolean | null
}

export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const
export type Effort = (typeof efforts)[number]

export interface Reasoning {
  effort: Effort | null
  /** Tokens to think in, where the caller counts them. */
  budgetTokens: number | null
  /** The caller wants to read the thoughts. */
  isShown: boolean
}
