/** Writes docs/REPLAY.md from the recordings beside this repository. Usage: node scripts/write-replay-table.ts */
import { writeFileSync } from 'node:fs'
import { judgeAll } from '../test/replay/support/judge-all.ts'
import { writeTable } from '../test/replay/support/write-table.ts'

writeFileSync(new URL('../docs/REPLAY.md', import.meta.url), writeTable(await judgeAll()))
