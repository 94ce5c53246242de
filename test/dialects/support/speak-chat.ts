import { openAiChat } from '#proxy/dialects/openai-chat/openai-chat.ts'
import type { Ask, Shown, Turn } from './ask.ts'
import { asText, type Fields, inOrder, listed, withoutEmpty } from './fields.ts'
import type { Choose, Tongue } from './tongue.ts'

/** OpenAI's chat completions. */
export const chat: Tongue = {
  name: 'openai-chat',
  dialect: openAiChat,
  words: {
    pages: false,
    detail: true,
    errors: false,
    strict: true,
    oneAtATime: true,
    stop: true,
    anyJson: true,
    sampling: ['seed', 'frequencyPenalty', 'presencePenalty'],
    user: true,
    picturesInResults: false,
  },
  path: () => '/v1/chat/completions',
  say(ask, choose) {
    return withoutEmpty({
      model: 'any',
      messages: [
        ...ask.system.map((text) => ({
          role: choose('system', 'developer'),
          content: choose<unknown>(text, [{ type: 'text', text }]),
        })),
        ...sayTurns(ask.turns, choose),
      ],
      tools: ask.tools.map(({ name, description, parameters, isStrict }) => ({
        type: 'function',
        function: withoutEmpty({ name, description, parameters, strict: isStrict || null }),
      })),
      tool_choice: sayChoice(ask),
      parallel_tool_calls: ask.parallelTools ? null : false,
      response_format:
        ask.format &&
        (ask.format.schema
          ? {
              type: 'json_schema',
              json_schema: { name: 'answer', schema: ask.format.schema, strict: choose(true, false) },
            }
          : { type: 'json_object' }),
      [choose('max_tokens', 'max_completion_tokens')]: ask.cap,
      stop: ask.stop.length === 1 ? choose<unknown>(ask.stop[0], ask.stop) : ask.stop.slice(0, 4),
      temperature: ask.temperature,
      top_p: ask.topP,
      seed: ask.seed,
      frequency_penalty: ask.frequencyPenalty,
      presence_penalty: ask.presencePenalty,
      reasoning_effort: ask.thinks === null ? null : ask.thinks ? choose('low', 'medium', 'high') : 'none',
      [choose('user', 'safety_identifier')]: ask.user,
    })
  },
  hear(body) {
    const messages = listed(body.messages)
    const format = body.response_format as Fields | undefined
    return {
      system: messages
        .filter(({ role }) => role === 'system' || role === 'developer')
        .map(({ content }) => asText(content)),
      turns: hearTurns(messages),
      tools: listed(body.tools).map((tool) => {
        const { name, description, parameters, strict } = tool.function as Fields
        return {
          name: String(name),
          description: (description as string) ?? null,
          parameters,
          isStrict: strict === true,
        }
      }),
      toolChoice: hearChoice(body.tool_choice),
      parallelTools: body.parallel_tool_calls !== false,
      format: format ? { schema: (format.json_schema as Fields | undefined)?.schema ?? null } : null,
      cap: ((body.max_tokens ?? body.max_completion_tokens) as number) ?? null,
      stop: [body.stop ?? []].flat() as string[],
      temperature: (body.temperature as number) ?? null,
      topP: (body.top_p as number) ?? null,
      topK: null,
      seed: (body.seed as number) ?? null,
      frequencyPenalty: (body.frequency_penalty as number) ?? null,
      presencePenalty: (body.presence_penalty as number) ?? null,
      thinks: hearThinking(body),
      user: ((body.user ?? body.safety_identifier) as string) ?? null,
    }
  },
}

function sayTurns(turns: Turn[], choose: Choose): Fields[] {
  let count = 0
  return turns.flatMap((turn): Fields[] => {
    if (turn.role === 'user') {
      return [
        ...turn.results.map(({ of, shown }) => ({
          role: 'tool',
          tool_call_id: `call_${of}`,
          content: choose<unknown>(asLines(shown), sayParts(shown)),
        })),
        ...(turn.said.length > 0 ? [{ role: 'user', content: sayParts(turn.said) }] : []),
      ]
    }
    const calls = turn.calls.map(({ name, input }) => ({
      id: `call_${count++}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }))
    const content = turn.text === '' ? null : choose<unknown>(turn.text, [{ type: 'text', text: turn.text }])
    return [{ role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) }]
  })
}

function sayParts(shown: Shown[]): Fields[] {
  return shown.map((one) => {
    if ('text' in one) return { type: 'text', text: one.text }
    if ('page' in one) throw new Error('a chat shows no pages')
    return { type: 'image_url', image_url: { url: one.picture, ...(one.detail && { detail: one.detail }) } }
  })
}

function sayChoice({ toolChoice }: Ask): unknown {
  return toolChoice && typeof toolChoice === 'object' ? { type: 'function', function: toolChoice } : toolChoice
}

/** By its effort, or as DeepSeek is told. */
function hearThinking({ reasoning_effort: effort, thinking }: Fields): boolean | null {
  if (thinking) return (thinking as Fields).type === 'enabled'
  return effort === undefined ? null : effort !== 'none'
}

function hearChoice(choice: unknown): Ask['toolChoice'] {
  if (choice === undefined) return null
  return typeof choice === 'object'
    ? { name: String(((choice as Fields).function as Fields).name) }
    : (choice as 'auto')
}

function hearTurns(messages: Fields[]): Turn[] {
  const ids: unknown[] = []
  return inOrder(
    messages.flatMap(({ role, content, tool_calls: calls, tool_call_id: id }): Turn[] => {
      if (role === 'user') return [{ role, results: [], said: hearParts(content) }]
      if (role === 'tool')
        return [
          { role: 'user', results: [{ of: ids.indexOf(id), shown: hearParts(content), isError: false }], said: [] },
        ]
      if (role !== 'assistant') return []
      ids.push(...listed(calls).map((call) => call.id))
      return [
        {
          role,
          text: asText(content),
          calls: listed(calls).map((call) => {
            const { name, arguments: input } = call.function as Fields
            return { name: String(name), input: JSON.parse(String(input)) }
          }),
        },
      ]
    }),
  )
}

function hearParts(content: unknown): Shown[] {
  if (typeof content === 'string') return [{ text: content }]
  return listed(content).map((part) => {
    if (part.type === 'text') return { text: String(part.text) }
    const image = part.image_url as Fields
    return { picture: String(image.url), detail: image.detail === 'auto' ? null : ((image.detail as string) ?? null) }
  })
}

function asLines(shown: Shown[]): string {
  return shown.flatMap((one) => ('text' in one ? [one.text] : [])).join('\n')
}
