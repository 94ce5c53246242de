import { openAiResponses } from '#proxy/dialects/openai-responses/openai-responses.ts'
import type { Ask, Shown, Turn } from './ask.ts'
import { asText, type Fields, inOrder, listed, withoutEmpty } from './fields.ts'
import type { Choose, Tongue } from './tongue.ts'

/** OpenAI's Responses. */
export const responses: Tongue = {
  name: 'openai-responses',
  dialect: openAiResponses,
  words: {
    pages: true,
    detail: true,
    errors: false,
    strict: true,
    oneAtATime: true,
    stop: false,
    anyJson: true,
    sampling: [],
    user: true,
    picturesInResults: true,
  },
  path: () => '/v1/responses',
  say(ask, choose) {
    const [first, ...rest] = ask.system
    const effort = ask.thinks ? choose('low', 'medium', 'high') : 'none'
    return withoutEmpty({
      model: 'any',
      instructions: first,
      input: [
        ...rest.map((text) => ({
          role: choose('system', 'developer'),
          content: choose<unknown>(text, [{ type: 'input_text', text }]),
        })),
        ...sayTurns(ask.turns, choose),
      ],
      tools: ask.tools.map(({ isStrict, ...tool }) => withoutEmpty({ type: 'function', ...tool, strict: isStrict })),
      tool_choice:
        ask.toolChoice && typeof ask.toolChoice === 'object' ? { type: 'function', ...ask.toolChoice } : ask.toolChoice,
      parallel_tool_calls: ask.parallelTools ? null : false,
      text: ask.format && {
        format: ask.format.schema
          ? { type: 'json_schema', name: 'answer', schema: ask.format.schema, strict: choose(true, false) }
          : { type: 'json_object' },
      },
      max_output_tokens: ask.cap,
      temperature: ask.temperature,
      top_p: ask.topP,
      reasoning: ask.thinks === null ? null : { effort, ...choose({}, { summary: 'auto' }) },
      [choose('user', 'safety_identifier')]: ask.user,
      store: false,
    })
  },
  hear(body) {
    const items = listed(body.input)
    const format = (body.text as Fields | undefined)?.format as Fields | undefined
    const effort = (body.reasoning as Fields | undefined)?.effort
    const told = items
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ content }) => asText(content))
    return {
      system: [...(body.instructions ? [String(body.instructions)] : []), ...told],
      turns: hearTurns(items),
      tools: listed(body.tools).map(({ name, description, parameters, strict }) => ({
        name: String(name),
        description: (description as string) ?? null,
        parameters,
        isStrict: strict === true,
      })),
      toolChoice: hearChoice(body.tool_choice),
      parallelTools: body.parallel_tool_calls !== false,
      format: format ? { schema: format.schema ?? null } : null,
      cap: (body.max_output_tokens as number) ?? null,
      stop: [],
      temperature: (body.temperature as number) ?? null,
      topP: (body.top_p as number) ?? null,
      topK: null,
      seed: null,
      frequencyPenalty: null,
      presencePenalty: null,
      thinks: effort === undefined ? null : effort !== 'none',
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
          type: 'function_call_output',
          call_id: `call_${of}`,
          output: sayShown(shown),
        })),
        ...(turn.said.length > 0
          ? [{ ...choose({}, { type: 'message' }), role: 'user', content: sayShown(turn.said) }]
          : []),
      ]
    }
    return [
      ...(turn.text === ''
        ? []
        : [
            {
              type: 'message',
              role: 'assistant',
              content: choose<unknown>(turn.text, [{ type: 'output_text', text: turn.text }]),
            },
          ]),
      ...turn.calls.map(({ name, input }) => ({
        type: 'function_call',
        call_id: `call_${count++}`,
        name,
        arguments: JSON.stringify(input),
      })),
    ]
  })
}

function sayShown(shown: Shown[]): Fields[] {
  return shown.map((one) => {
    if ('text' in one) return { type: 'input_text', text: one.text }
    if ('picture' in one)
      return { type: 'input_image', image_url: one.picture, ...(one.detail && { detail: one.detail }) }
    return one.page.startsWith('http')
      ? { type: 'input_file', file_url: one.page }
      : { type: 'input_file', filename: 'document.pdf', file_data: `data:application/pdf;base64,${one.page}` }
  })
}

function hearChoice(choice: unknown): Ask['toolChoice'] {
  if (choice === undefined) return null
  return typeof choice === 'object' ? { name: String((choice as Fields).name) } : (choice as 'auto')
}

function hearTurns(items: Fields[]): Turn[] {
  const ids: unknown[] = []
  return inOrder(
    items.flatMap((item): Turn[] => {
      if (item.type === 'function_call_output') {
        return [
          {
            role: 'user',
            results: [{ of: ids.indexOf(item.call_id), shown: hearShown(item.output), isError: false }],
            said: [],
          },
        ]
      }
      if (item.type === 'function_call') {
        ids.push(item.call_id)
        return [
          {
            role: 'assistant',
            text: '',
            calls: [{ name: String(item.name), input: JSON.parse(String(item.arguments)) }],
          },
        ]
      }
      if (item.role === 'assistant') return [{ role: 'assistant', text: asText(item.content), calls: [] }]
      return item.role === 'user' ? [{ role: 'user', results: [], said: hearShown(item.content) }] : []
    }),
  )
}

function hearShown(content: unknown): Shown[] {
  if (typeof content === 'string') return [{ text: content }]
  return listed(content).map((part) => {
    if (part.type === 'input_text') return { text: String(part.text) }
    if (part.type === 'input_image') {
      return {
        picture: String(part.image_url),
        detail: part.detail === 'auto' ? null : ((part.detail as string) ?? null),
      }
    }
    return { page: String(part.file_url ?? part.file_data).replace('data:application/pdf;base64,', '') }
  })
}
