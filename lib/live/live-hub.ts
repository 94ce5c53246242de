import { appDatabaseUrl } from '../db/app-database-url.ts'
import { environment } from '../environment.ts'
import { log } from '../log.ts'
import { type LiveHub, openHub } from './open-hub.ts'

// The console's bundle and the server are two module graphs in one process: they share it through globalThis.
const shared = globalThis as typeof globalThis & { stipendLiveHub?: LiveHub }

/** The hub of this process. */
export function liveHub(): LiveHub {
  const { DATABASE_URL, STIPEND_SECRET } = environment()
  shared.stipendLiveHub ??= openHub({ connectionString: appDatabaseUrl(DATABASE_URL, STIPEND_SECRET), log })
  return shared.stipendLiveHub
}
