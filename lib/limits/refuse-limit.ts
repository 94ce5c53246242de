import { StipendError } from '../core/errors.ts'
import type { LimitKind, ScopeLimits } from './scope-limits.ts'

const whose = { key: 'This key', project: 'The project of this key', organization: 'The organization of this key' }

const unitOf: Record<LimitKind, string> = {
  requestsPerMinute: 'requests a minute',
  tokensPerMinute: 'tokens a minute',
  requestsPerDay: 'requests a day',
  maxParallel: 'requests at the same time',
}

/** The error of whoever must come back later: whose limit it is, and when there is room again. */
export function refuseLimit(limits: ScopeLimits, kind: LimitKind, waitMs: number): StipendError {
  const message = `${whose[limits.scope]} may make ${limits[kind]} ${unitOf[kind]}. Retry a little later.`
  return new StipendError('rate_limit_exceeded', message, {
    retryAfterMs: Math.max(1, Math.ceil(waitMs)),
    facts: { limit_scope: limits.scope },
  })
}
