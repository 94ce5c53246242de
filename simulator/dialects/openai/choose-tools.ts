import type { Tool } from '../dialect.ts'
import type { ChatRequest } from './chat-request.ts'

const asksForTool =
  /\b(?:use|call|with|try) (?:the|a|your|that|this) (?:tool|function)\b|(?:调用|使用|用)(?:一下)?(?:这个|该)?(?:工具|函数)/i

/** Between what is to be done at once and what comes after it. */
const betweenSteps = /\bthen\b|然后/i

/** The tools that this answer calls: what is forced, or what the user asks for at this step; none: it answers itself. */
export function chooseTools(request: ChatRequest, question: string): Tool[] {
  const { tools, tool_choice, parallel_tool_calls } = request
  const choices = (tools ?? []).map(({ function: { name, parameters } }): Tool => ({ name, parameters }))
  if (typeof tool_choice === 'object') return choices.filter(({ name }) => name === tool_choice?.function?.name)
  if (tool_choice === 'required') return choices.slice(0, 1)
  if (tool_choice === 'none' || request.messages.at(-1)?.role === 'assistant') return []
  const wanted = wantedAt(stepOf(request), question, choices)
  return parallel_tool_calls === false ? wanted.slice(0, 1) : wanted
}

/** How often tools were called since the user spoke. */
function stepOf({ messages }: ChatRequest): number {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
  return since.filter(({ role }, index) => role === 'tool' && since[index - 1]?.role !== 'tool').length
}

/** In the order in which the question names them; a tool that it names twice is called twice. */
function wantedAt(step: number, question: string, choices: Tool[]): Tool[] {
  const steps = question.split(betweenSteps)
  const asked = steps[step] ?? ''
  const named = choices.flatMap((tool) => placesOf(tool.name, asked).map((place) => ({ place, tool })))
  if (named.length > 0) return named.sort((a, b) => a.place - b.place).map(({ tool }) => tool)
  return asksForTool.test(asked) ? choices.slice(0, 1) : []
}

function placesOf(name: string, text: string): number[] {
  const names = [...new Set([name, name.replaceAll('_', ' ')])]
  const pattern = names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return [...text.matchAll(new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, 'g'))].map(({ index }) => index)
}
