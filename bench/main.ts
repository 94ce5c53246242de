import { benchConsole } from './console.ts'
import { benchLedger } from './ledger.ts'
import { benchScripts } from './scripts.ts'
import { benchStreams } from './streams.ts'
import { benchTables } from './tables.ts'

const benches: Record<string, (flags: string[]) => Promise<void>> = {
  ledger: benchLedger,
  console: benchConsole,
  scripts: benchScripts,
  streams: benchStreams,
  tables: benchTables,
}

const flags = process.argv.slice(2).filter((word) => word.startsWith('--'))
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const names = wanted.length > 0 ? wanted : Object.keys(benches)
for (const name of names) {
  const bench = benches[name]
  if (!bench) {
    process.stderr.write(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}.\n`)
    process.exit(1)
  }
  await bench(flags)
}
process.exit(0)
