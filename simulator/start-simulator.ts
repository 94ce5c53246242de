import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Behaviour, type Control, createControl, type Rule } from './behaviour.ts'
import { answerChat, type ChatRequest } from './dialects/openai-chat.ts'
import { isFault, type Refusal, refusals } from './faults.ts'
import { createJournal, type Journal } from './journal.ts'
import { sendBody, sendStream } from './send-answer.ts'
import { countPrompt } from './tokens.ts'

export interface SimulatorOptions {
  port?: number
  /** Behaviour of every call that no rule speaks of. */
  behaviour?: Partial<Behaviour>
  /** Where calls are also written as JSON lines. */
  journalFile?: string
  models?: string[]
}

export interface Simulator {
  /** What an OpenAI client takes as base URL. */
  url: string
  port: number
  journal: Journal
  control: Control
  close(): Promise<void>
}

const defaultModels = ['gpt-4o', 'gpt-4o-mini', 'gpt-3.5-turbo', 'sim-echo']

/** Starts a vendor that speaks the real wire format on loopback, and keeps a journal of all that it served. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const journal = createJournal(options.journalFile)
  const control = createControl(options.behaviour)
  const models = options.models ?? defaultModels
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: String(error), type: 'simulator' } })
      else response.destroy()
    })
  })
  server.keepAliveTimeout = 60_000

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url?.split('?')[0]}`
    if (route === 'GET /control/journal') return sendJson(response, 200, journal.calls)
    if (route === 'POST /control') return await takeOrder(request, response)
    const credential = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (!credential) return refuse(response, refusals.unauthorized)
    if (route === 'GET /v1/models') {
      const data = models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'simulator' }))
      return sendJson(response, 200, { object: 'list', data })
    }
    if (route === 'POST /v1/chat/completions') return await chat(request, response, credential)
    refuse(response, refusals['not-found'])
  }

  async function chat(request: IncomingMessage, response: ServerResponse, credential: string): Promise<void> {
    const body = JSON.parse(await readText(request)) as ChatRequest
    const behaviour = control.behaviourFor({ credential, model: body.model })
    const call = journal.open({
      credential,
      model: body.model,
      stream: body.stream === true,
      promptTokens: countPrompt(body.messages, body.tools),
      fault: behaviour.fault,
    })
    let isGone = false
    response.once('close', () => {
      isGone = !response.writableFinished
      journal.close(call, isGone ? 'left by the caller' : 'finished')
    })
    if (behaviour.latencyMs > 0) await sleep(behaviour.latencyMs)
    if (isGone || behaviour.fault === 'hang') return
    if (behaviour.fault === 'reset-before-headers') {
      journal.close(call, 'cut by the vendor')
      request.socket.destroy()
      return
    }
    response.setHeader('x-request-id', `req_${call.id}`)
    response.setHeader('openai-processing-ms', String(behaviour.latencyMs))
    if (behaviour.fault !== null && behaviour.fault in refusals) {
      const refusal: Refusal = refusals[behaviour.fault as keyof typeof refusals]
      call.status = refusal.status
      return refuse(response, refusal)
    }
    call.status = 200
    const content = answerChat(body, behaviour, `chatcmpl-${call.id}`, Math.floor(Date.now() / 1000))
    if (!body.stream) {
      sendBody(response, content, behaviour, call)
    } else if (!(await sendStream(response, content, behaviour, call, () => isGone))) {
      journal.close(call, isGone ? 'left by the caller' : 'cut by the vendor')
    }
  }

  async function takeOrder(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const order = JSON.parse(await readText(request)) as Rule & { reset?: boolean }
    if (order.fault !== undefined && order.fault !== null && !isFault(order.fault)) {
      return sendJson(response, 400, { error: { message: `There is no fault ${String(order.fault)}.` } })
    }
    if (order.reset) {
      control.reset()
      journal.reset()
    } else control.add(order)
    sendJson(response, 200, { ok: true })
  }

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    journal,
    control,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function refuse(response: ServerResponse, { status, headers, contentType, body }: Refusal): void {
  response.writeHead(status, { 'content-type': contentType ?? 'application/json', ...headers }).end(body)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
