import { timingSafeEqual } from 'node:crypto'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import type { Installation } from './lock-installation.ts'

/** completed: somebody owns this installation. open: this token may set it up. closed: it waits for another token. */
export type SetupState = 'completed' | 'open' | 'closed'

export function setupStateOf(installation: Installation | null, token: string | null): SetupState {
  if (installation?.completedAt) return 'completed'
  if (!token || !installation?.setupTokenHash) return 'closed'
  const hash = hashSecret(token, environment().STIPEND_SECRET)
  return timingSafeEqual(hash, installation.setupTokenHash) ? 'open' : 'closed'
}
