import type { Tool } from '../dialect.ts'
import type { ChatRequest } from './chat-request.ts'

const asksForTool =
  /\b(?:use|call|with|try) (?:the|a|your|that|this) (?:tool|function)\b|(?:调用|使用|用)(?:一下)?(?:这个|该)?(?:工具|函数)/i

/** The tool that this answer calls: the one that is forced, or one that the user asks for; null: it answers itself. */
export function chooseTool({ tools, tool_choice, messages }: ChatRequest, question: string): Tool | null {
  const choices = (tools ?? []).map(({ function: { name, parameters } }): Tool => ({ name, parameters }))
  if (typeof tool_choice === 'object') return choices.find(({ name }) => name === tool_choice?.function?.name) ?? null
  if (tool_choice === 'required') return choices[0] ?? null
  if (tool_choice === 'none' || messages.at(-1)?.role !== 'user') return null
  const named = choices.find(({ name }) => question.includes(name) || question.includes(name.replaceAll('_', ' ')))
  return named ?? (asksForTool.test(question) ? choices[0] : undefined) ?? null
}
