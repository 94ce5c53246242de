import type { IncomingMessage, ServerResponse } from 'node:http'
import { faults } from '../faults/faults.ts'
import type { Journal } from '../journal/create-journal.ts'
import { readBody } from '../read-body.ts'
import type { Control } from './create-control.ts'
import { ruleSchema } from './rule.ts'

const faultSummaries = Object.fromEntries(Object.entries(faults).map(([name, { summary }]) => [name, summary]))

/** The same steering and the same journal, for other processes. Nothing here is about the wire of a vendor. */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
  journal: Journal,
): Promise<void> {
  const url = new URL(request.url!, 'http://simulator')
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /control':
      return sendJson(response, 200, { rules: control.rules, faults: faultSummaries })
    case 'POST /control':
      return await takeRule(request, response, control)
    case 'DELETE /control':
      control.reset()
      return sendJson(response, 200, { rules: [] })
    case 'GET /control/journal':
      if (url.searchParams.get('idle') === 'true') await journal.whenIdle()
      return sendJson(response, 200, journal.calls)
    case 'DELETE /control/journal':
      journal.reset()
      return sendJson(response, 200, [])
    default:
      sendJson(response, 404, { error: `There is no ${request.method} ${url.pathname}. See simulator/README.md.` })
  }
}

async function takeRule(request: IncomingMessage, response: ServerResponse, control: Control): Promise<void> {
  const body = parse(await readBody(request))
  const result = ruleSchema.safeParse(body)
  if (!result.success) return sendJson(response, 400, { error: result.error.issues })
  control.set(result.data)
  sendJson(response, 200, { rules: control.rules })
}

/** Undefined when it is no JSON, which no rule is. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
