// Everything that must hold, on a machine that may have nothing installed: brings the checkout up to date, runs every
// test, and closes with one line "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const only = process.argv.slice(2)

const prepared = spawnSync(process.execPath, [join(root, 'server', 'start.mjs'), '--build-only'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (prepared.status !== 0) finish(0, 1)

const folder = mkdtempSync(join(tmpdir(), 'stipend-report-'))
const report = join(folder, 'report.json')
const vitest = [
  '--disable-warning=ExperimentalWarning',
  join('node_modules', 'vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...only,
]
const { status } = spawnSync(node, vitest, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })

let counts
try {
  counts = JSON.parse(readFileSync(report, 'utf8'))
} catch (error) {
  process.stderr.write(`The tests left no report: ${error.message}\n`)
  finish(0, 1)
}
rmSync(folder, { recursive: true, force: true })
// A file that could not even be loaded counts no test: it is one failure.
const unloadable = counts.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length
const failed = counts.numFailedTests + unloadable
finish(counts.numPassedTests, failed === 0 && status !== 0 ? 1 : failed, counts.numPendingTests + counts.numTodoTests)

function finish(passed, failed, skipped = 0) {
  process.stdout.write(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
