import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import { answerCall } from './answer-call.ts'
import { serveControl } from './control/serve-control.ts'
import { dialects } from './dialects/dialects.ts'
import { openAiChat } from './dialects/openai/openai-chat.ts'
import { Refused } from './faults/refusal.ts'
import { tokenPath } from './google/accounts.ts'
import { serveToken } from './google/serve-token.ts'
import { requireCredential } from './require-credential.ts'
import type { Vendor } from './vendor.ts'

/** Hands a request to the dialect that owns its path. Only calls that cost money are in the journal. */
export async function serveRequest(vendor: Vendor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request.url ?? '/')
  if (path === '/control' || path.startsWith('/control/')) {
    return await serveControl(request, response, vendor.control, vendor.journal)
  }
  if (request.method === 'POST' && path === tokenPath) return await serveToken(request, response)
  const dialect = request.method === 'POST' && dialects.find(({ owns }) => owns(path))
  if (dialect) return await answerCall(vendor, dialect, request, response, path)
  request.resume()
  const { status, headers, parts } = answerAside(vendor, request, path)
  response.writeHead(status, headers).end(parts[0]!.bytes)
}

/** Everything that is no call of a model. */
function answerAside({ models }: Vendor, request: IncomingMessage, path: string): Answer {
  try {
    if (request.method === 'GET') {
      for (const { showModels, credentialOf, admit } of dialects) {
        const shown = showModels?.(path, models)
        if (!shown) continue
        admit?.({ method: 'GET', url: request.url ?? path, headers: request.headers, body: Buffer.alloc(0) })
        requireCredential(credentialOf(request.headers))
        return shown
      }
    }
    requireCredential(openAiChat.credentialOf(request.headers))
    throw new Refused({
      status: 404,
      code: 'unknown_url',
      type: 'invalid_request_error',
      message: `Unknown request URL: ${request.method} ${path}. Please check the URL for typos.`,
    })
  } catch (error) {
    if (error instanceof Refused) return openAiChat.refuse(error.refusal)
    throw error
  }
}

function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}
