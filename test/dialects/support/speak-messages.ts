import { anthropicMessages } from '#proxy/dialects/anthropic-messages/anthropic-messages.ts'
import type { Ask, Shown, Turn } from './ask.ts'
import { asText, type Fields, inOrder, listed, withoutEmpty } from './fields.ts'
import type { Choose, Tongue } from './tongue.ts'

/** Anthropic's Messages. */
export const messages: Tongue = {
  name: 'anthropic-messages',
  dialect: anthropicMessages,
  words: {
    pages: true,
    detail: false,
    errors: true,
    strict: true,
    oneAtATime: true,
    stop: true,
    anyJson: false,
    sampling: ['topK'],
    user: true,
    picturesInResults: true,
  },
  path: () => '/v1/messages',
  say(ask, choose) {
    const cap = ask.cap ?? 4096
    const thinking =
      ask.thinks === null
        ? null
        : ask.thinks
          ? { type: 'enabled', budget_tokens: choose(1024, 8000) }
          : { type: 'disabled' }
    return withoutEmpty({
      model: 'any',
      max_tokens: ask.thinks ? cap + 8000 : cap,
      system: ask.system.length === 1 ? choose<unknown>(ask.system[0], sayTexts(ask.system)) : sayTexts(ask.system),
      messages: sayTurns(ask.turns, choose),
      tools: ask.tools.map(({ name, description, parameters, isStrict }) =>
        withoutEmpty({
          name,
          description,
          input_schema: parameters,
          strict: isStrict || null,
          ...choose({}, { type: 'custom' }),
        }),
      ),
      tool_choice: sayChoice(ask),
      output_config: ask.format && { format: { type: 'json_schema', schema: ask.format.schema } },
      stop_sequences: ask.stop,
      temperature: ask.temperature === null ? null : Math.min(ask.temperature, 1),
      top_p: ask.topP,
      top_k: ask.topK,
      thinking,
      metadata: ask.user && { user_id: ask.user },
    })
  },
  hear(body) {
    const choice = body.tool_choice as Fields | undefined
    const thinking = body.thinking as Fields | undefined
    const format = (body.output_config as Fields | undefined)?.format as Fields | undefined
    const tools = listed(body.tools)
    const answer = tools.find(({ name }) => name === 'stipend_json_answer')
    const answerSchema = answer && (isAnyObject(answer.input_schema) ? null : answer.input_schema)
    return {
      system: typeof body.system === 'string' ? [body.system] : listed(body.system).map(({ text }) => String(text)),
      turns: hearTurns(listed(body.messages)),
      tools: tools
        .filter((tool) => tool !== answer)
        .map(({ name, description, input_schema: parameters, strict }) => ({
          name: String(name),
          description: (description as string) ?? null,
          parameters,
          isStrict: strict === true,
        })),
      toolChoice: hearChoice(choice, answer !== undefined, tools.length > 1),
      parallelTools: choice?.disable_parallel_tool_use !== true,
      format: answer ? { schema: answerSchema ?? null } : format ? { schema: format.schema } : null,
      cap: (body.max_tokens as number) ?? null,
      stop: (body.stop_sequences as string[]) ?? [],
      temperature: (body.temperature as number) ?? null,
      topP: (body.top_p as number) ?? null,
      topK: (body.top_k as number) ?? null,
      seed: null,
      frequencyPenalty: null,
      presencePenalty: null,
      thinks: thinking ? thinking.type !== 'disabled' : null,
      user: ((body.metadata as Fields | undefined)?.user_id as string) ?? null,
    }
  },
}

function isAnyObject(schema: unknown): boolean {
  return (schema as Fields).additionalProperties === true
}

function sayTexts(texts: string[]): Fields[] {
  return texts.map((text) => ({ type: 'text', text }))
}

function sayTurns(turns: Turn[], choose: Choose): Fields[] {
  let count = 0
  return turns.map((turn) => {
    if (turn.role === 'user') {
      const results = turn.results.map(({ of, shown, isError }) => ({
        type: 'tool_result',
        tool_use_id: `toolu_${of}`,
        content:
          shown.length === 1 && shown[0] && 'text' in shown[0]
            ? choose<unknown>(shown[0].text, sayShown(shown))
            : sayShown(shown),
        ...(isError && { is_error: true }),
      }))
      return { role: 'user', content: [...results, ...sayShown(turn.said)] }
    }
    const calls = turn.calls.map(({ name, input }) => ({ type: 'tool_use', id: `toolu_${count++}`, name, input }))
    if (calls.length === 0) return { role: 'assistant', content: choose<unknown>(turn.text, sayTexts([turn.text])) }
    return { role: 'assistant', content: [...(turn.text === '' ? [] : sayTexts([turn.text])), ...calls] }
  })
}

function sayShown(shown: Shown[]): Fields[] {
  return shown.map((one) => {
    if ('text' in one) return { type: 'text', text: one.text }
    if ('picture' in one) return { type: 'image', source: sayPicture(one.picture) }
    const source = one.page.startsWith('http')
      ? { type: 'url', url: one.page }
      : { type: 'base64', media_type: 'application/pdf', data: one.page }
    return { type: 'document', source }
  })
}

function sayPicture(url: string): Fields {
  const [, mediaType, data] = /^data:(.*);base64,(.*)$/.exec(url) ?? []
  return data === undefined ? { type: 'url', url } : { type: 'base64', media_type: mediaType, data }
}

function sayChoice({ toolChoice, parallelTools, tools }: Ask): Fields | null {
  if (tools.length === 0) return null
  const alone = parallelTools ? {} : { disable_parallel_tool_use: true }
  if (toolChoice === 'none') return { type: 'none' }
  if (toolChoice === 'required') return { type: 'any', ...alone }
  if (toolChoice && typeof toolChoice === 'object') return { type: 'tool', ...toolChoice, ...alone }
  return toolChoice === 'auto' || !parallelTools ? { type: 'auto', ...alone } : null
}

function hearChoice(choice: Fields | undefined, hasAnswer: boolean, hasOthers: boolean): Ask['toolChoice'] {
  // With an answer that is a tool among others, having to call some tool is being free to answer.
  if (!choice || (hasAnswer && choice.type === 'any')) return null
  if (choice.type === 'tool')
    return choice.name === 'stipend_json_answer' ? (hasOthers ? 'none' : null) : { name: String(choice.name) }
  return choice.type === 'any' ? 'required' : (choice.type as 'auto')
}

function hearTurns(said: Fields[]): Turn[] {
  const ids: unknown[] = []
  return inOrder(
    said.map(({ role, content }): Turn => {
      const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : listed(content)
      if (role === 'user') {
        const results = blocks.filter(({ type }) => type === 'tool_result')
        return {
          role,
          results: results.map((result) => ({
            of: ids.indexOf(result.tool_use_id),
            shown: hearShown(result.content),
            isError: result.is_error === true,
          })),
          said: hearShown(blocks.filter(({ type }) => type !== 'tool_result')),
        }
      }
      const calls = blocks.filter(({ type }) => type === 'tool_use')
      ids.push(...calls.map(({ id }) => id))
      return {
        role: 'assistant',
        text: asText(blocks),
        calls: calls.map(({ name, input }) => ({ name: String(name), input })),
      }
    }),
  )
}

function hearShown(content: unknown): Shown[] {
  if (typeof content === 'string') return [{ text: content }]
  return listed(content).map((block) => {
    if (block.type === 'text') return { text: String(block.text) }
    const { url, data, media_type: mediaType } = block.source as Fields
    if (block.type === 'document') return { page: String(url ?? data) }
    return { picture: url === undefined ? `data:${mediaType};base64,${data}` : String(url), detail: null }
  })
}
