import Anthropic from '@anthropic-ai/sdk'
import { type Content, GoogleGenAI, type Part } from '@google/genai'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { deploymentOf } from '#test/proxy/support/world.ts'
import { baseUrlOf, type Lab, openLab, type Upstream, upstreamNames, upstreams } from './support/open-lab.ts'

const model = 'gpt-4o'
const path = { type: 'object' as const, properties: { path: { type: 'string' as const } }, required: ['path'] }
const tools = ['list_files', 'read_file', 'run_tests']

/** What the user says, and the tools that each step of the turn calls at once. */
const turns: [said: string, steps: string[][]][] = [
  ['Look around: list_files and read_file, then run_tests.', [['list_files', 'read_file'], ['run_tests']]],
  ['What is a budget?', []],
  [
    'Again: read_file and read_file, then list_files, then run_tests and read_file.',
    [['read_file', 'read_file'], ['list_files'], ['run_tests', 'read_file']],
  ],
  ['Now run_tests.', [['run_tests']]],
]

/** One step of an agent: what it called, with the results put where its dialect wants them. */
interface Agent {
  ask(said: string): void
  /** The tools that the model calls now, by name; none: it has answered. */
  step(): Promise<string[]>
  /** As a client would that meddles with what the model thought. */
  forge(): void
}

type OpenAgent = (lab: Lab) => Agent

/** As Claude Code works: a system prompt in the cache, thoughts that come back signed, several tools at once, streamed. */
const openClaude: OpenAgent = (lab) => {
  const client = new Anthropic({ apiKey: lab.apiKey, baseURL: lab.baseURL, maxRetries: 0 })
  const messages: Anthropic.MessageParam[] = []
  const cache_control = { type: 'ephemeral' as const }
  const body = {
    model,
    max_tokens: 4000,
    system: [{ type: 'text' as const, text: 'You are an agent.', cache_control }],
    tools: tools.map((name) => ({ name, description: name, input_schema: path })),
    thinking: { type: 'enabled' as const, budget_tokens: 1024 },
    metadata: { user_id: 'user_1' },
  }
  return {
    ask: (content) => void messages.push({ role: 'user', content }),
    async step() {
      const message = await client.messages.stream({ ...body, messages }).finalMessage()
      messages.push({ role: 'assistant', content: message.content })
      const calls = message.content.filter((block) => block.type === 'tool_use')
      expect(message.stop_reason).toBe(calls.length > 0 ? 'tool_use' : 'end_turn')
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length)
      for (const { input } of calls) expect(input).toEqual({ path: 'path' })
      const content = calls.map(({ id, name }) => ({
        type: 'tool_result' as const,
        tool_use_id: id,
        content: [{ type: 'text' as const, text: `${name} went well.` }],
      }))
      if (content.length > 0) messages.push({ role: 'user', content })
      return calls.map(({ name }) => name)
    },
    forge() {
      const thoughts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
      const last = thoughts.findLast((block) => block.type === 'thinking')
      if (last?.type === 'thinking') last.signature = forged(last.signature)
    },
  }
}

/** As Codex works: nothing is kept by the vendor, so reasoning comes back sealed with every step, streamed. */
const openCodex: OpenAgent = (lab) => {
  const client = new OpenAI({ apiKey: lab.apiKey, baseURL: `${lab.baseURL}/v1`, maxRetries: 0 })
  const input: OpenAI.Responses.ResponseInput = []
  const body = {
    model,
    instructions: 'You are an agent.',
    tools: tools.map((name) => ({ type: 'function' as const, name, parameters: path, strict: false })),
    tool_choice: 'auto' as const,
    parallel_tool_calls: true,
    store: false,
    include: ['reasoning.encrypted_content' as const],
    reasoning: { effort: 'medium' as const, summary: 'auto' as const },
    prompt_cache_key: 'session',
  }
  return {
    ask: (text) => void input.push({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }),
    async step() {
      const response = await client.responses.stream({ ...body, input }).finalResponse()
      expect(response.status).toBe('completed')
      input.push(...(response.output as OpenAI.Responses.ResponseInputItem[]))
      const calls = response.output.filter((item) => item.type === 'function_call')
      expect(new Set(calls.map(({ call_id }) => call_id)).size).toBe(calls.length)
      for (const call of calls) expect(JSON.parse(call.arguments)).toEqual({ path: 'path' })
      for (const { call_id, name } of calls)
        input.push({ type: 'function_call_output', call_id, output: `${name} went well.` })
      return calls.map(({ name }) => name)
    },
    forge() {
      const last = input.findLast((item) => item.type === 'reasoning')
      if (last?.type === 'reasoning') last.encrypted_content = forged(last.encrypted_content ?? '')
    },
  }
}

/** Every part comes back as it came, signatures on the calls that they stood on, streamed. */
const openGemini: OpenAgent = (lab) => openGoogle(lab, () => true)

/** As the Gemini CLI works, which keeps no thoughts but the signatures that stood on something else. */
const openGeminiCli: OpenAgent = (lab) => openGoogle(lab, ({ thought }) => !thought)

function openGoogle(lab: Lab, isKept: (part: Part) => boolean): Agent {
  const { models } = new GoogleGenAI({ apiKey: lab.apiKey, httpOptions: { baseUrl: lab.baseURL } })
  const contents: Content[] = []
  const config = {
    systemInstruction: 'You are an agent.',
    tools: [{ functionDeclarations: tools.map((name) => ({ name, parametersJsonSchema: path })) }],
    thinkingConfig: { includeThoughts: true },
  }
  return {
    ask: (text) => void contents.push({ role: 'user', parts: [{ text }] }),
    async step() {
      const parts: Part[] = []
      for await (const piece of await models.generateContentStream({ model, contents, config })) {
        parts.push(...(piece.candidates?.[0]?.content?.parts ?? []))
      }
      contents.push({ role: 'model', parts: parts.filter(isKept) })
      const calls = parts.flatMap(({ functionCall }) => functionCall ?? [])
      for (const { args } of calls) expect(args).toEqual({ path: 'path' })
      const results = calls.map(({ id, name }) => ({
        functionResponse: { ...(id && { id }), name: name!, response: { output: `${name} went well.` } },
      }))
      if (results.length > 0) contents.push({ role: 'user', parts: results })
      return calls.map(({ name }) => name!)
    },
    forge() {
      const parts = contents.flatMap((content) => content.parts ?? [])
      const last = parts.findLast(({ thoughtSignature }) => thoughtSignature)
      // Bytes in base64 for clients of every language.
      expect(last?.thoughtSignature).toMatch(/^[\w+/]+=*$/)
      last!.thoughtSignature = forged(last!.thoughtSignature!)
    },
  }
}

/** Another seal of the same kind. */
function forged(seal: string): string {
  const at = seal.length - 10
  return `${seal.slice(0, at)}${seal[at] === 'A' ? 'B' : 'A'}${seal.slice(at + 1)}`
}

async function runTurn(agent: Agent, [said, steps]: (typeof turns)[number], before: () => void = () => {}) {
  agent.ask(said)
  const called: string[][] = []
  for (;;) {
    before()
    const names = await agent.step()
    if (names.length === 0) break
    called.push(names)
  }
  expect(called).toEqual(steps)
}

/** Before the seal of a thought, where one comes back. */
const sealFields = {
  'openai-responses': '"encrypted_content":"',
  'anthropic-messages': '"signature":"',
  gemini: '"thoughtSignature":"',
}

const agents = { Claude: openClaude, Codex: openCodex, Gemini: openGemini, 'Gemini CLI': openGeminiCli }
const places = Object.keys(agents).flatMap((name) => upstreamNames.map((upstream) => [name, upstream] as const))

/** The vendor is as strict as the real ones: it refuses thoughts that are not its own, and calls and results that do not meet. */
describe('an agent', () => {
  let lab: Lab

  afterEach(() => lab.close())

  test.each(places)('like %s’s works with a vendor of %s for several turns', async (name, upstream) => {
    lab = await openLab(upstream, 'node:http')
    lab.simulator.control.set({ cachedTokens: 5, reasoningTokens: 40 })
    const { upstream: wire } = lab.world.gateway
    const sent: string[] = []
    lab.world.gateway.upstream = {
      send(request) {
        sent.push(Buffer.from(request.body).toString())
        return wire.send(request)
      },
    }
    const agent = agents[name as keyof typeof agents](lab)
    for (const turn of turns) await runTurn(agent, turn)
    // Every thought that the vendor signed came back, and it was not asked to do without.
    if (upstream !== 'openai-chat') {
      // But one that came after the last word, which no message of Claude's ends with; Google can do without it.
      const isLost = name === 'Claude' && upstream === 'gemini'
      const signed = turns.flatMap(([, steps]) => [...steps.map(() => 1), isLost ? 0 : 1])
      const before = signed.map((_, index) => signed.slice(0, index).reduce((sum, one) => sum + one, 0))
      expect(sent.map((body) => body.split(sealFields[upstream]).length - 1)).toEqual(before)
      expect(sent.filter((body) => body.includes('skip_thought_signature_validator'))).toEqual([])
    }
    expect(lab.simulator.journal.calls).toHaveLength(turns.reduce((sum, [, steps]) => sum + steps.length + 1, 0))
    await lab.agrees()
  })

  const sealed = places.filter(([, upstream]) => upstream !== 'openai-chat')
  test.each(sealed)('like %s’s may not change what a vendor of %s thought', async (name, upstream) => {
    lab = await openLab(upstream, 'node:http')
    const agent = agents[name as keyof typeof agents](lab)
    agent.ask('Now run_tests.')
    expect(await agent.step()).toEqual(['run_tests'])
    agent.forge()
    await expect(agent.step()).rejects.toMatchObject({ status: 400 })
    expect(lab.simulator.journal.calls.map(({ status }) => status)).toEqual([200, 400])
  })

  test.each(Object.keys(agents))('like %s’s goes on when another vendor answers every step', async (name) => {
    lab = await openLab('openai-chat', 'node:http')
    const agent = agents[name as keyof typeof agents](lab)
    const answered: Upstream[] = []
    for (const [index, turn] of [...turns, ...turns].entries()) {
      await runTurn(agent, turn, () => {
        // Each is followed by every other one in time.
        const upstream = upstreamNames[(answered.length * (index < turns.length ? 1 : 3)) % upstreamNames.length]!
        const { wire, ...named } = upstreams[upstream]
        const moved = { ...named, wire, speaks: [upstream], openCredential: () => 'sim-lab' }
        lab.world.route.deployments = [deploymentOf({ baseUrl: baseUrlOf(lab.simulator, wire) }, moved)]
        answered.push(upstream)
      })
    }
    expect(new Set(answered)).toEqual(new Set(upstreamNames))
    await lab.agrees()
  })
})
