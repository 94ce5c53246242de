/**
 * Prints the SQL that brings the database from the last migration to the schema in prisma/schema.
 * Usage: node scripts/write-migration.ts <database url> [--from-empty] > prisma/migrations/<time>_<name>/migration.sql
 * The url is only needed to open the engine; nothing is read from or written to that database.
 */
import { openSchemaEngine, readMigrations, readSchemaFiles } from '../lib/db/schema-engine.ts'

const [databaseUrl = 'postgresql://localhost/unused', flag] = process.argv.slice(2)
const { engine, close } = await openSchemaEngine(databaseUrl)
const result = await engine.diff({
  from: flag === '--from-empty' ? { tag: 'empty' } : { tag: 'migrations', ...(await readMigrations()) },
  to: {
    tag: 'schemaDatamodel',
    files: (await readSchemaFiles()).map(([path, content]) => ({ path, content })),
    configDir: '.',
  } as never,
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
process.stdout.write(result.stdout ?? '')
await close()
