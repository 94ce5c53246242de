import { PrismaPg } from '@prisma/adapter-pg'
import { environment } from '../environment.ts'
import { appDatabaseUrl } from './app-database-url.ts'
import { PrismaClient } from './generated/client.ts'

let client: PrismaClient | undefined

/** The ORM, connected as the application's role. Tenant rows show only inside `inTenant`. */
export function prisma(): PrismaClient {
  const { DATABASE_URL, STIPEND_SECRET } = environment()
  client ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: appDatabaseUrl(DATABASE_URL, STIPEND_SECRET),
      connectionTimeoutMillis: 5_000,
      max: 10,
    }),
    // A machine that is short of breath is no reason to give up what is half done.
    transactionOptions: { maxWait: 5_000, timeout: 30_000 },
  })
  return client
}
