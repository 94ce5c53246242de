// The first thing that runs on a bare machine, on whatever Node ≥ 20 it has: it needs nothing installed, brings the
// checkout up to date, and hands over to server/main.ts on the Node that this project is pinned to.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const quiet = ['--disable-warning=ExperimentalWarning']

const [major] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Stipend needs Node 20 or later to start; this is ${process.version}.`)

whenChanged('node_modules/.stipend-installed', ['package-lock.json'], 'installing', () => {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' })
})
whenChanged(
  'lib/db/generated/.stipend-generated',
  ['prisma/schema', 'package-lock.json'],
  'generating the client',
  () => {
    // Generating asks for a schema engine and never runs it; any program that ends well will do.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: node, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
    run(node, [join('node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  },
)
if (!args.includes('--dev')) {
  const sources = [
    'app',
    'components',
    'lib',
    'messages',
    'proxy',
    'server',
    'next.config.js',
    'postcss.config.mjs',
    'package-lock.json',
  ]
  whenChanged('.next/.stipend-built', sources, 'building the console', () => {
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    run(node, [join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  })
}
if (args.includes('--build-only')) process.exit(0)

const child = spawn(node, [...quiet, join(root, 'server', 'main.ts'), ...args], {
  cwd: root,
  env: {
    ...process.env,
    NODE_ENV: args.includes('--dev') ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
// Ctrl-C reaches the child by itself; what is sent to us alone is passed on. We end when it has.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

/** Runs `work` unless the stamp says that it was done for just these files. */
function whenChanged(stampPath, sources, label, work) {
  const stamp = join(root, stampPath)
  const wanted = hashOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write(`stipend: ${label} …\n`)
  work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hashOf(sources))
}

function hashOf(sources) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (path.endsWith('generated')) return
    const full = join(root, path)
    if (!existsSync(full)) return
    const entries = readdirOrNull(full)
    if (entries) for (const name of entries.sort()) add(join(path, name))
    else hash.update(path).update('\0').update(readFileSync(full)).update('\0')
  }
  for (const source of sources) add(source)
  return hash.digest('hex')
}

function readdirOrNull(path) {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}

function run(command, parameters, options) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
  if (status !== 0) fail(`\`${command} ${parameters.join(' ')}\` failed; its output is above.`)
}

function fail(message) {
  process.stderr.write(`stipend could not start: ${message}\n`)
  process.exit(1)
}
