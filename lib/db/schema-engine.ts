import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'

const prismaFolder = join(import.meta.dirname, '..', '..', 'prisma')

export interface OpenEngine {
  engine: SchemaEngine
  /** Lets go of the engine's connections. */
  close(): Promise<void>
}

/** Prisma's migration engine as WebAssembly over our own driver: no native binary, so it works offline. */
export async function openSchemaEngine(databaseUrl: string): Promise<OpenEngine> {
  const connections: { dispose(): Promise<void> }[] = []
  const factory = new PrismaPg({ connectionString: databaseUrl })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection = await connect()
    connections.push(connection)
    // The adapter cuts scripts at every semicolon, also inside a function's body. Postgres takes a script whole, and as
    // one transaction.
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script)
    }
    return connection
  }
  const engine = await SchemaEngine.new(
    { datamodels: await readSchemaFiles() },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  return {
    engine,
    async close() {
      engine.free()
      for (const connection of connections) await connection.dispose()
    },
  }
}

/** The schema as the engine takes it: pairs of file name and text. */
export async function readSchemaFiles(): Promise<[string, string][]> {
  const folder = join(prismaFolder, 'schema')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort()
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
  )
}

/** The migrations on disk as the engine takes them, oldest first. */
export async function readMigrations() {
  const folder = join(prismaFolder, 'migrations')
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}
