import { gemini as dialect } from '#proxy/dialects/gemini/gemini.ts'
import type { Ask, Shown, Turn } from './ask.ts'
import { type Fields, inOrder, listed, withoutEmpty } from './fields.ts'
import type { Choose, Tongue } from './tongue.ts'

/** Google's generateContent. */
export const gemini: Tongue = {
  name: 'gemini',
  dialect,
  words: {
    pages: true,
    detail: false,
    errors: true,
    strict: false,
    oneAtATime: false,
    stop: true,
    anyJson: true,
    sampling: ['topK', 'seed', 'frequencyPenalty', 'presencePenalty'],
    user: false,
    picturesInResults: true,
  },
  path: ({ stream }) => `/v1beta/models/any:${stream ? 'streamGenerateContent' : 'generateContent'}`,
  say(ask, choose) {
    const spell = (name: string): string =>
      choose(
        name,
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      )
    const config = withoutEmpty({
      temperature: ask.temperature,
      [spell('topP')]: ask.topP,
      [spell('topK')]: ask.topK,
      seed: ask.seed,
      [spell('frequencyPenalty')]: ask.frequencyPenalty,
      [spell('presencePenalty')]: ask.presencePenalty,
      [spell('maxOutputTokens')]: ask.cap,
      [spell('stopSequences')]: ask.stop,
      [spell('responseMimeType')]: ask.format && 'application/json',
      [spell('responseJsonSchema')]: ask.format?.schema,
      [spell('thinkingConfig')]:
        ask.thinks === null ? null : { [spell('thinkingBudget')]: ask.thinks ? choose(-1, 4000) : 0 },
    })
    return withoutEmpty({
      contents: sayTurns(ask.turns, choose),
      [spell('systemInstruction')]: ask.system.length > 0 ? { parts: ask.system.map((text) => ({ text })) } : null,
      tools:
        ask.tools.length > 0
          ? [
              {
                [spell('functionDeclarations')]: ask.tools.map(({ name, description, parameters }) =>
                  withoutEmpty({ name, description, [spell('parametersJsonSchema')]: parameters }),
                ),
              },
            ]
          : null,
      [spell('toolConfig')]: ask.toolChoice && { [spell('functionCallingConfig')]: sayChoice(ask.toolChoice) },
      [spell('generationConfig')]: Object.keys(config).length > 0 ? config : null,
    })
  },
  hear(body) {
    const config = (body.generationConfig ?? {}) as Fields
    const declared = listed(body.tools).flatMap((tool) => listed(tool.functionDeclarations))
    const thinking = config.thinkingConfig as Fields | undefined
    return {
      system: listed((body.systemInstruction as Fields | undefined)?.parts).map(({ text }) => String(text)),
      turns: hearTurns(listed(body.contents)),
      tools: declared.map(({ name, description, parametersJsonSchema: parameters }) => ({
        name: String(name),
        description: (description as string) ?? null,
        parameters,
        isStrict: false,
      })),
      toolChoice: hearChoice((body.toolConfig as Fields | undefined)?.functionCallingConfig as Fields | undefined),
      parallelTools: true,
      format: config.responseMimeType === 'application/json' ? { schema: config.responseJsonSchema ?? null } : null,
      cap: (config.maxOutputTokens as number) ?? null,
      stop: (config.stopSequences as string[]) ?? [],
      temperature: (config.temperature as number) ?? null,
      topP: (config.topP as number) ?? null,
      topK: (config.topK as number) ?? null,
      seed: (config.seed as number) ?? null,
      frequencyPenalty: (config.frequencyPenalty as number) ?? null,
      presencePenalty: (config.presencePenalty as number) ?? null,
      thinks: thinking ? thinking.thinkingBudget !== 0 : null,
      user: null,
    }
  },
}

function sayTurns(turns: Turn[], choose: Choose): Fields[] {
  const names: string[] = []
  return turns.map((turn) => {
    if (turn.role === 'assistant') {
      const calls = turn.calls.map(({ name, input }) => ({
        functionCall: { id: `call_${names.push(name) - 1}`, name, args: input },
      }))
      return { role: 'model', parts: [...(turn.text === '' ? [] : [{ text: turn.text }]), ...calls] }
    }
    const results = turn.results.map(({ of, shown, isError }) => {
      const text = shown.flatMap((one) => ('text' in one ? [one.text] : [])).join('\n')
      const files = sayShown(
        shown.filter((one) => !('text' in one)),
        choose,
      )
      return {
        functionResponse: {
          id: `call_${of}`,
          name: names[of],
          response: isError ? { error: text } : { output: text },
          ...(files.length > 0 && { parts: files }),
        },
      }
    })
    return { role: 'user', parts: [...results, ...sayShown(turn.said, choose)] }
  })
}

function sayShown(shown: Shown[], choose: Choose): Fields[] {
  return shown.map((one) => {
    if ('text' in one) return { text: one.text }
    const where = 'picture' in one ? one.picture : one.page
    const [, found, data] = /^data:(.*);base64,(.*)$/.exec(where) ?? []
    const mimeType = 'page' in one ? 'application/pdf' : (found ?? 'image/png')
    if (where.startsWith('http')) return { fileData: { fileUri: where.replace(/^http:/, 'https:'), mimeType } }
    return choose<Fields>(
      { inlineData: { mimeType, data: data ?? where } },
      { inline_data: { mime_type: mimeType, data: data ?? where } },
    )
  })
}

function sayChoice(choice: NonNullable<Ask['toolChoice']>): Fields {
  if (typeof choice === 'object') return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  return { mode: choice === 'required' ? 'ANY' : choice.toUpperCase() }
}

function hearChoice(config: Fields | undefined): Ask['toolChoice'] {
  if (!config) return null
  const [only] = (config.allowedFunctionNames ?? []) as string[]
  if (config.mode === 'ANY') return only === undefined ? 'required' : { name: only }
  return String(config.mode).toLowerCase() as 'auto'
}

/** Google tells results of one name from each other by their order alone, where they have no ids. */
function hearTurns(contents: Fields[]): Turn[] {
  const calls: { name: string; id: unknown; isAnswered: boolean }[] = []
  return inOrder(
    contents.map(({ role, parts }): Turn => {
      const said = listed(parts)
      if (role === 'model') {
        const made = said.flatMap(({ functionCall }) => (functionCall ? [functionCall as Fields] : []))
        calls.push(...made.map(({ name, id }) => ({ name: String(name), id, isAnswered: false })))
        return {
          role: 'assistant',
          text: said.map(({ text }) => text ?? '').join(''),
          calls: made.map(({ name, args }) => ({ name: String(name), input: args })),
        }
      }
      const results = said.flatMap(({ functionResponse }) => {
        if (!functionResponse) return []
        const { id, name, response, parts: files } = functionResponse as Fields
        const call = calls.find((one) => !one.isAnswered && (id === undefined ? one.name === name : one.id === id))
        if (call) call.isAnswered = true
        const { output, error } = response as Fields
        const shown: Shown[] = [{ text: String(output ?? error) }, ...hearShown(listed(files))]
        return [{ of: call ? calls.indexOf(call) : -1, shown, isError: error !== undefined }]
      })
      return { role: 'user', results, said: hearShown(said.filter(({ functionResponse }) => !functionResponse)) }
    }),
  )
}

function hearShown(parts: Fields[]): Shown[] {
  return parts.map((part) => {
    if (typeof part.text === 'string') return { text: part.text }
    const { mimeType, fileUri, data } = (part.inlineData ?? part.fileData) as Fields
    if (mimeType === 'application/pdf') return { page: String(fileUri ?? data) }
    return { picture: fileUri === undefined ? `data:${mimeType};base64,${data}` : String(fileUri), detail: null }
  })
}
