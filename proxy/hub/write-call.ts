import { awsStreamType } from '../aws/as-events.ts'
import type { Deployment, UpstreamRequest } from '../gateway.ts'
import type { Allowance } from '../steps/cap-output.ts'
import type { Channel } from './channel.ts'

/** What is sent to a deployment, but for who sends it. */
export function writeCall(
  { wire, request }: Channel,
  deployment: Deployment,
  allowance: Allowance,
): Pick<UpstreamRequest, 'path' | 'headers' | 'body'> {
  return {
    path: wire.upstreamPath(request, deployment),
    headers: {
      ...request.headers,
      'content-type': request.contentType ?? 'application/json',
      accept: acceptOf(wire, request, deployment),
    },
    body: wire.writeRequest(request, deployment, capFor(wire.needsOutputCap && request.outputCap === null, allowance)),
  }
}

function acceptOf(
  { answersBytes }: Channel['wire'],
  { stream, framing }: Channel['request'],
  { wire }: Deployment,
): string {
  if (answersBytes) return '*/*'
  if (stream && wire === 'bedrock') return awsStreamType
  return stream && framing === undefined ? 'text/event-stream' : 'application/json'
}

/** A vendor that has to be told is told what was paid for, also where others would find it out by themselves. */
function capFor(mustBeTold: boolean | undefined, { outputCap, outputTokens }: Allowance): number | null {
  return outputCap ?? (mustBeTold ? outputTokens : null)
}
