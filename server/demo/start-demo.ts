import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Member } from '#lib/auth/member.ts'
import { changeProvider } from '#lib/providers/change-provider.ts'
import { startSimulator } from '#simulator/start-simulator.ts'
import { findFreePort } from '../find-free-port.ts'
import { type DemoLab, loadDemoLab } from './load-demo-lab.ts'

export interface Demo {
  /** What to tell who started it: where to sign in, and a first call to paste. */
  describe(url: string): string
  stop(): Promise<void>
}

interface Kept {
  port: number
  lab: DemoLab | null
}

const latencyMs = 250
const chunkDelayMs = 25

/** Starts the simulated vendor and, in an empty installation, loads the demo lab that uses it. */
export async function startDemo(home: string): Promise<Demo> {
  const file = join(home, 'demo.json')
  const kept = await read(file)
  const simulator = await startSimulator({
    port: await findFreePort(kept.port),
    behaviour: { latencyMs, chunkDelayMs },
  })
  const lab = kept.lab ?? (await loadDemoLab(simulator.url))
  if (kept.lab && kept.port !== simulator.port) await moveVendor(kept.lab, simulator.url)
  await writeFile(file, JSON.stringify({ port: simulator.port, lab }), { mode: 0o600 })
  return { stop: simulator.close, describe: (url) => (lab ? describe(lab, url) : notEmpty) }
}

const notEmpty = '\nThis installation was set up before, so the demo lab was not loaded; the simulated vendor runs.\n'

async function read(file: string): Promise<Kept> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept
  } catch {
    return { port: 0, lab: null }
  }
}

/** Another program took the vendor's port since the last start. */
async function moveVendor(lab: DemoLab, baseUrl: string): Promise<void> {
  const demo: Member = {
    organizationId: lab.organizationId,
    userId: null,
    membershipId: null,
    role: 'owner',
    actor: 'demo:start',
  }
  await changeProvider(demo, lab.providerId, { baseUrl, apiKey: 'sk-simulated-vendor' })
}

function describe({ email, password, secret, model }: DemoLab, url: string): string {
  return `
Demo lab: sign in at ${url}/sign-in as ${email} with the password ${password}

A first call, as one of its students:

  curl ${url}/v1/chat/completions \\
    -H "Authorization: Bearer ${secret}" \\
    -H "Content-Type: application/json" \\
    -d '{"model": "${model}", "messages": [{"role": "user", "content": "Say hello."}]}'
`
}
