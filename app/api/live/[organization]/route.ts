import { currentSessionId } from '#lib/auth/current-session-id.ts'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { findMember } from '#lib/auth/find-member.ts'
import { findSession } from '#lib/auth/find-session.ts'
import { lacksSecondFactor } from '#lib/auth/lacks-second-factor.ts'
import { liveHub } from '#lib/live/live-hub.ts'
import { openStream } from '#lib/live/open-stream.ts'

export const dynamic = 'force-dynamic'

/** What happens in an organization while one of its pages is looked at. A stranger's looks like one that does not exist. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const [sessionId, user] = await Promise.all([currentSessionId(), findCurrentUser()])
  if (!sessionId || !user) return refuse(401)
  const findAgain = async () => {
    const member = (await findSession(sessionId)) ? await findMember(user, slug) : null
    return member && !lacksSecondFactor(member) ? member : null
  }
  const member = await findMember(user, slug)
  if (!member) return refuse(404)
  if (lacksSecondFactor(member)) return refuse(403)
  const stream = openStream({ hub: liveHub(), member, findAgain, signal: request.signal })
  if (!stream) return refuse(429)
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Whatever compresses or gathers answers on the way would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } })
}
