import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeBudget } from '#lib/budgets/change-budget.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { getBudget } from '#lib/budgets/get-budget.ts'
import { newId } from '#lib/core/ids.ts'
import type { NewKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { listModels } from '#lib/models/list-models.ts'
import { countLeftToReRate } from '#lib/prices/count-left-to-re-rate.ts'
import { getReRating } from '#lib/prices/get-re-rating.ts'
import { previewReRating } from '#lib/prices/preview-re-rating.ts'
import { reRate } from '#lib/prices/re-rate.ts'
import { resumeReRating } from '#lib/prices/resume-re-rating.ts'
import { setPrice } from '#lib/prices/set-price.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { inputNanos, model, outputNanos, type RunningLab, startLab } from '../gateway/start-lab.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { asOwner } from '../support/as-owner.ts'
import { letAdjustments, stopAdjustments } from '../support/stop-adjustments.ts'
import { usd } from '../support/usd.ts'

const mtok = 1_000_000n
const usual = { inputPerMtok: inputNanos * mtok, outputPerMtok: outputNanos * mtok }
const dearer = { inputPerMtok: inputNanos * mtok * 3n, outputPerMtok: outputNanos * mtok * 3n }
const cheaper = { inputPerMtok: inputNanos * mtok, outputPerMtok: outputNanos * (mtok / 2n) }

let lab: RunningLab
let modelId: string

beforeAll(async () => {
  lab = await startLab()
  modelId = (await listModels(lab.member)).find(({ name }) => name === model)!.id
})
afterAll(() => lab?.close())

async function call(key: NewKey): Promise<number> {
  const response = await fetch(`${lab.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 8 }),
  })
  await response.text()
  return response.status
}

/** Every span begins after the tests before it. */
async function now(): Promise<Date> {
  const [row] = (await asOwner(lab.database, 'SELECT clock_timestamp() AS now')) as [{ now: Date }]
  return row.now
}

async function allIsWell(): Promise<void> {
  expect(await verifyLedger(lab.member)).toMatchObject({ ok: true, mismatches: [] })
  const query = <Row extends object>(text: string, values?: unknown[]) =>
    asOwner(lab.database, text, values) as unknown as Promise<Row[]>
  expect(await brokenInvariants(query)).toEqual({})
}

describe('a re-rating', () => {
  it('charges a span by another price, everywhere at once, and is undone by the price of before', async () => {
    const from = await now()
    const [key, other] = [await lab.addKey('1'), await lab.addKey(null)]
    for (const one of [key, key, other]) expect(await call(one)).toBe(200)
    const spent = (await getKey(lab.member, key.id)).spentNanos
    const otherSpent = (await getKey(lab.member, other.id)).spentNanos
    const span = { modelId, from, to: await now() }
    expect(await call(key)).toBe(200)
    const later = (await getKey(lab.member, key.id)).spentNanos - spent

    const preview = await previewReRating(lab.member, { ...span, ...dearer })
    expect(preview).toMatchObject({
      requests: 3,
      leftAlone: 0,
      oldNanos: spent + otherSpent,
      newNanos: (spent + otherSpent) * 3n,
      projects: [{ requests: 3, newNanos: (spent + otherSpent) * 3n }],
      budgets: [{ scope: 'key', spentNanos: spent + later, newSpentNanos: spent * 3n + later, goesOver: false }],
    })
    expect(preview.keys.find(({ id }) => id === key.id)).toMatchObject({ requests: 2, oldNanos: spent })
    expect(await getKey(lab.member, key.id)).toMatchObject({ spentNanos: spent + later })

    const done = await reRate(lab.member, { ...span, ...dearer, reason: 'the contract says so' })
    expect(done).toMatchObject({ requests: 3, differenceNanos: (spent + otherSpent) * 2n, madeBy: 'Owner' })
    expect(await getKey(lab.member, key.id)).toMatchObject({
      spentNanos: spent * 3n + later,
      budgets: [{ spentNanos: spent * 3n + later }],
    })
    const usage = await summarizeUsage(lab.member, { from, to: new Date(Date.now() + 3_600_000), keyId: key.id })
    expect(usage.totals.costNanos).toBe(spent * 3n + later)
    const { rows } = await listRequests(lab.member, { keyId: key.id })
    expect(rows.map(({ priceId }) => priceId === done.price.id)).toEqual([false, true, true])
    await allIsWell()

    await reRate(lab.member, { ...span, ...usual })
    expect(await getKey(lab.member, key.id)).toMatchObject({ spentNanos: spent + later })
    const left = await asOwner(lab.database, 'SELECT sum(overrun_nanos)::text AS overrun FROM budget_counters')
    expect(left).toEqual([{ overrun: '0' }])
    await allIsWell()
  })

  it('counts once, however often and by however many it is sent', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    for (let i = 0; i < 3; i++) await call(key)
    const { spentNanos } = await getKey(lab.member, key.id)
    const input = { id: newId(), modelId, from, to: await now(), ...dearer }
    await Promise.allSettled([reRate(lab.member, input), reRate(lab.member, input), reRate(lab.member, input)])
    await reRate(lab.member, input)
    expect(await getReRating(lab.member, input.id)).toMatchObject({ requests: 3, differenceNanos: spentNanos * 2n })
    expect(await getKey(lab.member, key.id)).toMatchObject({ spentNanos: spentNanos * 3n })
    await expect(reRate(lab.member, { ...input, ...cheaper })).rejects.toMatchObject({ code: 'conflict', param: 'id' })
    await allIsWell()
  })

  it('goes on where it was cut off', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    for (let i = 0; i < 2; i++) await call(key)
    const { spentNanos } = await getKey(lab.member, key.id)
    const input = { id: newId(), modelId, from, to: await now(), ...dearer }
    await reRate(lab.member, input)
    // As if it had been cut off after the first of the two.
    await asOwner(lab.database, 'UPDATE re_ratings SET finished_at = NULL WHERE id = $1', [input.id])
    await asOwner(lab.database, 'UPDATE re_ratings SET requests = 2 WHERE id = $1', [input.id])
    expect(await reRate(lab.member, input)).toMatchObject({ requests: 2, finishedAt: expect.any(Date) })
    expect(await getKey(lab.member, key.id)).toMatchObject({ spentNanos: spentNanos * 3n })
    await allIsWell()
  })

  it('goes on by the price that it began with when a person presses on, and only then', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    for (let i = 0; i < 3; i++) await call(key)
    const { spentNanos } = await getKey(lab.member, key.id)
    const input = { id: newId(), modelId, from, to: await now(), ...dearer }
    await stopAdjustments(lab.database)
    await expect(reRate(lab.member, input)).rejects.toThrow()
    await letAdjustments(lab.database)
    expect(await getReRating(lab.member, input.id)).toMatchObject({ requests: 0, finishedAt: null })
    await expect(resumeReRating({ ...lab.member, role: 'lead' }, input.id)).rejects.toMatchObject({ code: 'forbidden' })
    const both = await Promise.all([resumeReRating(lab.member, input.id), resumeReRating(lab.member, input.id)])
    for (const view of both) expect(view.finishedAt).not.toBeNull()
    const done = await resumeReRating(lab.member, input.id)
    expect(done).toMatchObject({ requests: 3, differenceNanos: spentNanos * 2n })
    expect(await getKey(lab.member, key.id)).toMatchObject({ spentNanos: spentNanos * 3n })
    await allIsWell()
  })

  it('says how far it is: what is done, and what is left to look at', async () => {
    const from = await now()
    const [key, other] = [await lab.addKey('1'), await lab.addKey('1')]
    for (const one of [key, key, other]) expect(await call(one)).toBe(200)
    const input = { id: newId(), modelId, from, to: await now(), ...dearer }
    const progress = async () => {
      const { requests: done, finishedAt } = await getReRating(lab.member, input.id)
      return { done, left: await countLeftToReRate(lab.member, input.id), finishedAt }
    }
    // Cut off before the first batch, and then after the first of two.
    await stopAdjustments(lab.database)
    await expect(reRate(lab.member, input)).rejects.toThrow()
    await letAdjustments(lab.database)
    expect(await progress()).toEqual({ done: 0, left: 3, finishedAt: null })
    const [first] = await asOwner(
      lab.database,
      `SELECT r.id, r.created_at AS at, r.cost_nanos AS cost FROM requests r WHERE r.key_id = '${other.id}'`,
    )
    const { id, at, cost } = first as { id: string; at: Date; cost: string }
    await asOwner(
      lab.database,
      'SELECT ledger_re_rate($1, ARRAY[$2::uuid], ARRAY[$3::timestamptz], ARRAY[$4::bigint], ARRAY[$5::bigint])',
      [input.id, id, at, cost, BigInt(cost) * 3n],
    )
    expect(await progress()).toEqual({ done: 1, left: 2, finishedAt: null })
    await resumeReRating(lab.member, input.id)
    expect(await progress()).toEqual({ done: 3, left: 0, finishedAt: expect.any(Date) })
    await expect(getReRating({ ...lab.member, organizationId: newId() }, input.id)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(getReRating(lab.member, newId())).rejects.toMatchObject({ code: 'not_found' })
    await expect(getReRating(lab.member, 'x')).rejects.toMatchObject({ code: 'not_found' })
    await allIsWell()
  })

  it('may take a budget beyond its limit, says so before, and refuses the next call', async () => {
    const from = await now()
    const key = await lab.addKey(null)
    const { id } = await createBudget(lab.member, {
      scope: 'key',
      scopeId: key.id,
      period: 'month',
      limitNanos: usd('1'),
    })
    await call(key)
    const { spentNanos } = await getBudget(lab.member, id)
    await changeBudget(lab.member, id, { limitNanos: spentNanos * 2n })
    const span = { modelId, from, to: await now() }
    const { budgets } = await previewReRating(lab.member, { ...span, ...dearer })
    expect(budgets).toMatchObject([{ budgetId: id, goesOver: true, newSpentNanos: spentNanos * 3n }])
    await reRate(lab.member, { ...span, ...dearer })
    expect(await getBudget(lab.member, id)).toMatchObject({ spentNanos: spentNanos * 3n, availableNanos: 0n })
    expect(await call(key)).toBe(402)
    await allIsWell()
    await reRate(lab.member, { ...span, ...cheaper })
    expect((await getBudget(lab.member, id)).spentNanos).toBeLessThan(spentNanos)
    expect(await call(key)).toBe(200)
    await allIsWell()
  })

  it('can be undone when what it gave back has been spent since', async () => {
    const from = await now()
    const key = await lab.addKey(null)
    const other = await lab.addKey(null)
    await call(other)
    const { spentNanos: each } = await getKey(lab.member, other.id)
    const budget = { scope: 'key', scopeId: key.id, period: 'total', limitNanos: each * 12n } as const
    const { id } = await createBudget(lab.member, budget)
    const spendAll = async () => {
      while ((await call(key)) === 200);
    }
    await spendAll()
    const before = await getBudget(lab.member, id)
    const span = { modelId, from, to: await now() }
    await reRate(lab.member, { ...span, ...cheaper })
    await spendAll()
    await reRate(lab.member, { ...span, ...usual })
    const after = await getBudget(lab.member, id)
    expect(after.spentNanos).toBeGreaterThan(before.spentNanos)
    expect(after.spentNanos).toBeGreaterThan(after.limitNanos)
    await allIsWell()
    await reRate(lab.member, { ...span, ...cheaper })
    const left = await asOwner(
      lab.database,
      'SELECT overrun_nanos::text AS overrun FROM budget_counters WHERE budget_id = $1',
      [id],
    )
    expect(left).toEqual([{ overrun: '0' }])
    await allIsWell()
  })

  it('holds while calls of the same key are being made', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    for (let i = 0; i < 5; i++) await call(key)
    const span = { modelId, from, to: await now() }
    const traffic = Array.from({ length: 30 }, () => call(key))
    await Promise.all([...traffic, reRate(lab.member, { ...span, ...dearer })])
    await allIsWell()
  })

  it('leaves alone what no usage explains, and gives no new call its price', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    await call(key)
    await call(key)
    await asOwner(
      lab.database,
      'UPDATE requests SET output_tokens = output_tokens + 1 WHERE id = (SELECT max(id::text)::uuid FROM requests WHERE key_id = $1)',
      [key.id],
    )
    const span = { modelId, from, to: await now() }
    expect(await previewReRating(lab.member, { ...span, ...dearer })).toMatchObject({ requests: 1, leftAlone: 1 })
    await reRate(lab.member, { ...span, ...dearer })
    expect((await listModels(lab.member))[0]!.deployments[0]!.price).toMatchObject(usual)
    const before = (await getKey(lab.member, key.id)).spentNanos
    await call(key)
    const price = (await listRequests(lab.member, { keyId: key.id })).rows[0]!.costNanos
    expect((await getKey(lab.member, key.id)).spentNanos - before).toBe(price)
    expect(price).toBeLessThan(usd('0.001'))
  })

  it('by a price of tokens leaves the price of pictures and sound as it was', async () => {
    const from = await now()
    const key = await lab.addKey('1')
    await call(key)
    const units = [{ kind: 'image' as const, priceNanos: usd('0.04'), per: 1 }]
    await setPrice(lab.member, { modelId, ...usual, units })
    const [request] = (await listRequests(lab.member, { keyId: key.id })).rows
    await asOwner(lab.database, `UPDATE requests SET units = '{"image": 2}' WHERE id = $1`, [request!.id])
    const span = { modelId, from, to: await now() }
    const preview = await previewReRating(lab.member, { ...span, ...dearer })
    expect(preview).toMatchObject({ requests: 1, newNanos: request!.costNanos * 3n + usd('0.08') })
    const { price } = await reRate(lab.member, { ...span, ...dearer })
    expect(price.units).toEqual(units)
    const [charged] = (await listRequests(lab.member, { keyId: key.id })).rows
    expect(charged!.costNanos).toBe(preview.newNanos)
    await setPrice(lab.member, { modelId, ...usual, units: [] })
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true, mismatches: [] })
  })

  it('is for owners and admins, and of the past', async () => {
    const span = { modelId, from: new Date(0), to: await now() }
    for (const role of ['lead', 'member', 'viewer'] as const) {
      await expect(previewReRating({ ...lab.member, role }, { ...span, ...usual })).rejects.toMatchObject({
        code: 'forbidden',
      })
      await expect(reRate({ ...lab.member, role }, { ...span, ...usual })).rejects.toMatchObject({ code: 'forbidden' })
    }
    const tomorrow = new Date(Date.now() + 86_400_000)
    await expect(reRate(lab.member, { ...span, to: tomorrow, ...usual })).rejects.toMatchObject({ param: 'to' })
  })
})
