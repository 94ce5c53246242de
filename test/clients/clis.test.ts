import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routeOf } from '#test/proxy/support/world.ts'
import { type Cli, clis } from './support/clis.ts'
import { installCli } from './support/install-cli.ts'
import { type Lab, openLab, type Upstream, upstreamNames } from './support/open-lab.ts'
import { openPlace, type Ran, runCli } from './support/run-cli.ts'
import { startTrap } from './support/start-trap.ts'

/** All vendors with `npm run prove -- clis`. */
const isLong = process.env.PROVE_SEEDS !== undefined
const names = Object.keys(clis) as (keyof typeof clis)[]
const found = await Promise.all(names.map((name) => installCli(clis[name].package)))

/** What people work with in a terminal, run as they run it, against every dialect that a vendor may speak. */
describe.each(names.map((name, index) => [name, found[index]!] as const))(
  '%s',
  { timeout: 300_000 },
  (name, installed) => {
    const cli: Cli = clis[name]
    const missing = 'missing' in installed ? installed.missing : null

    test.skipIf(missing === null)(`is NOT HERE, so nothing of it was tried: ${missing}`, () => {
      expect(missing).not.toBeNull()
    })

    describe.skipIf(missing !== null)('here', () => {
      let lab: Lab
      let trap: Awaited<ReturnType<typeof startTrap>>
      let place: ReturnType<typeof openPlace>

      beforeEach(async () => {
        trap = await startTrap()
        place = openPlace()
      })

      afterEach(async () => {
        await lab.close()
        await trap.close()
        place.close()
      })

      /** A model that is called as `model`; what reached its vendor is in `sent`. */
      async function open(upstream: Upstream, model: string): Promise<string[]> {
        lab = await openLab(upstream, 'node:http')
        lab.world.route = routeOf(model, lab.world.route.deployments)
        // Agents begin with many words.
        lab.world.gateway.settings.maxBodyBytes = 2_000_000
        const { upstream: wire } = lab.world.gateway
        const sent: string[] = []
        lab.world.gateway.upstream = {
          send(request) {
            sent.push(Buffer.from(request.body).toString())
            return wire.send(request)
          },
        }
        return sent
      }

      /** A row for every call that the vendor had, all of them served, and all of it paid. */
      async function agrees(): Promise<void> {
        await lab.agrees()
        const { calls } = lab.simulator.journal
        expect(calls.map(({ status }) => status)).toEqual(calls.map(() => 200))
        expect(lab.world.ledger.entries.map(({ kind }) => kind)).toEqual(calls.map(() => 'settlement'))
      }

      function ask(model: string, prompt: string, apiKey = lab.apiKey): Promise<Ran> {
        if ('missing' in installed) throw new Error(installed.missing)
        const call = { baseURL: lab.baseURL, apiKey, model, prompt }
        const run = { program: installed.program, args: cli.args(call), env: cli.env(call), files: cli.files(call) }
        return runCli(place, { ...run, proxyUrl: trap.url })
      }

      test('answers', async () => {
        await open(cli.speaks, cli.ownModel)
        const asked = await ask(cli.ownModel, 'What is the capital of France?')
        expect(asked.code, asked.told + asked.written).toBe(0)
        expect(cli.answerOf(asked.written)).toBe('The capital of France is Paris.')
        await agrees()
      })

      test.each(isLong ? upstreamNames : [cli.speaks, cli.meets])(
        'uses a tool, and goes on, with a vendor of %s',
        async (upstream) => {
          // To its own vendor it says things that it says to nobody else.
          const model = upstream === cli.speaks ? cli.ownModel : 'gpt-4o'
          const sent = await open(upstream, model)
          const secret = `otter-${randomUUID()}`
          writeFileSync(join(place.workplace, 'note.txt'), secret)
          const { name: toolName, input, makes } = cli.tool
          lab.simulator.control.set({ toolInputs: { [toolName]: input } })
          const worked = await ask(model, `Read the note by ${toolName}.`)
          expect(worked.code, worked.told + worked.written).toBe(0)
          expect(cli.answerOf(worked.written)).toMatch(/\w/)
          // What the tool found went back to the model, and what it was to do was done.
          expect(sent).toHaveLength(2)
          expect(sent[1]).toContain(secret)
          if (makes !== null) expect(readFileSync(join(place.workplace, makes), 'utf8')).toBe(secret)
          await agrees()
        },
      )

      test.each([
        ['a key that is not known', 'sk-wrong', 'gpt-4o', 100_000_000_000n, 'This key is not known.'],
        ['a model that is not for this key', null, 'forbidden', 100_000_000_000n, 'Not for this key.'],
        ['a budget that is used up', null, 'gpt-4o', 0n, 'The budget of this key does not pay for this.'],
      ])('shows %s, and asks once', async (_, key, model, limitNanos, words) => {
        const sent = await open(cli.speaks, 'gpt-4o')
        lab.world.ledger.limitNanos = limitNanos
        let arrivals = 0
        const { keys } = lab.world.gateway
        lab.world.gateway.keys = {
          ...keys,
          authenticate(...args) {
            arrivals++
            return keys.authenticate(...args)
          },
        }
        const refused = await ask(model, 'What is the capital of France?', key ?? lab.apiKey)
        expect(refused.code).not.toBe(0)
        expect(refused.written + refused.told).toContain(words)
        expect(arrivals).toBe(1)
        expect(sent).toEqual([])
      })
    })
  },
)
