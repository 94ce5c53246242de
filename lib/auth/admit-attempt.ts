import { prisma } from '../db/prisma.ts'

const windowMs = 15 * 60 * 1000

/** Of what attempts are counted, and how many there may be in a quarter of an hour. */
export interface AttemptLimit {
  subject: string
  most: number
}

export type CountedAttempt = { admitted: true; ids: bigint[] } | { admitted: false; retryAfterMs: number }

/**
 * Counts an attempt before anything is looked at. Each is written first and counted after, so of many at once no more
 * than the limit get through. One that is refused leaves no trace.
 */
export async function admitAttempt(limits: readonly AttemptLimit[]): Promise<CountedAttempt> {
  const { signInAttempt } = prisma()
  await signInAttempt.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - windowMs) } } })
  const own = await signInAttempt.createManyAndReturn({ data: limits.map(({ subject }) => ({ subject })) })
  const ids = own.map((attempt) => attempt.id)
  const counted = await signInAttempt.groupBy({
    by: 'subject',
    where: { subject: { in: limits.map(({ subject }) => subject) } },
    _count: true,
    _min: { createdAt: true },
  })
  const most = new Map(limits.map((limit) => [limit.subject, limit.most]))
  const full = counted.filter(({ subject, _count }) => _count > most.get(subject)!)
  if (full.length === 0) return { admitted: true, ids }
  await signInAttempt.deleteMany({ where: { id: { in: ids } } })
  const free = Math.max(...full.map(({ _min }) => (_min.createdAt?.getTime() ?? 0) + windowMs))
  return { admitted: false, retryAfterMs: Math.max(free - Date.now(), 1_000) }
}
