import type { CallFigures } from '#components/playground/call-figures.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import { getRequest } from '#lib/requests/get-request.ts'

interface Context {
  params: Promise<{ organization: string; call: string }>
}

/** What the gateway metered; 404 until it is booked. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { organization, call } = await params
  const member = await currentMember(organization)
  try {
    const { costNanos, ...seen } = await getRequest(member, call)
    const figures: CallFigures = {
      status: seen.status,
      inputTokens: seen.inputTokens,
      outputTokens: seen.outputTokens,
      reasoningTokens: seen.reasoningTokens,
      costUsd: formatUsd(costNanos),
      estimated: seen.estimated,
      latencyMs: seen.latencyMs,
      firstTokenMs: seen.firstTokenMs,
      finishReason: seen.finishReason,
    }
    return Response.json(figures, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof StipendError) return Response.json(null, { status: error.status })
    throw error
  }
}
