// Runs one suite at length: npm run prove -- races --seeds 100, or one seed again: --seed 7; those that send so many
// requests: npm run prove -- outage --requests 20000 --rate 60.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const suites = {
  races: 'test/ledger/races.test.ts',
  model: 'test/ledger/model.test.ts',
  'usage-days': 'test/ledger/usage-days.test.ts',
  kills: 'test/chaos/kills.test.ts',
  aborts: 'test/chaos/aborts.test.ts',
  matrix: 'test/reliability/matrix.test.ts',
  outage: 'test/chaos/outage.test.ts',
  labelling: 'test/chaos/labelling.test.ts',
  requests: 'test/dialects/requests.test.ts',
  clis: 'test/clients/clis.test.ts',
  pages: 'test/console/pages.test.ts',
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    requests: { type: 'string' },
    rate: { type: 'string' },
  },
})
const files = positionals.map((name) => suites[name])
if (files.length === 0 || files.includes(undefined)) {
  process.stderr.write(`Name what to prove: ${Object.keys(suites).join(', ')}.\n`)
  process.exit(1)
}
const { status } = spawnSync(
  join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  [
    '--disable-warning=ExperimentalWarning',
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--testTimeout=600000',
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PROVE_SEEDS: values.seeds,
      ...(values.seed && { PROVE_SEED: values.seed }),
      ...(values.requests && { PROVE_REQUESTS: values.requests }),
      ...(values.rate && { PROVE_RATE: values.rate }),
    },
  },
)
process.exit(status ?? 1)
