import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { forecastExhaustion } from '#lib/budgets/forecast-exhaustion.ts'
import { newId } from '#lib/core/ids.ts'
import { pool } from '#lib/db/pool.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

const usd = 1_000_000_000n
const dayMs = 86_400_000
const now = new Date('2026-11-10T00:00:00Z')
const pace = { recentNanos: 7n * usd, recentMs: 7 * dayMs, now }

describe('the date at which a budget is used up', () => {
  it('follows from what is left and the pace', () => {
    expect(forecastExhaustion({ ...pace, availableNanos: 5n * usd, resetsAt: null })).toEqual(
      new Date('2026-11-15T00:00:00Z'),
    )
  })

  it('is none when the next period comes first', () => {
    const standing = { ...pace, availableNanos: 5n * usd }
    expect(forecastExhaustion({ ...standing, resetsAt: new Date('2026-11-15T00:00:00Z') })).toBeNull()
    expect(forecastExhaustion({ ...standing, resetsAt: new Date('2026-11-15T00:00:00.001Z') })).not.toBeNull()
  })

  it('is now when nothing is left, whatever the pace', () => {
    expect(forecastExhaustion({ ...pace, recentNanos: 0n, availableNanos: 0n, resetsAt: null })).toEqual(now)
  })

  it('is none when nothing is spent, or as good as nothing', () => {
    expect(forecastExhaustion({ ...pace, recentNanos: 0n, availableNanos: 1n, resetsAt: null })).toBeNull()
    expect(
      forecastExhaustion({ ...pace, recentNanos: 1n, availableNanos: 999_999_999n * usd, resetsAt: null }),
    ).toBeNull()
  })
})

describe('the forecast of an organization', () => {
  let database: TestDatabase
  let member: Member
  let stranger: Member

  beforeAll(async () => {
    database = await createTestDatabase()
    member = await foundLab()
    stranger = await foundLab('Other')
  })

  afterAll(async () => {
    await pool().end()
    await database.drop()
  })

  it('takes the pace of each budget from its own scope, and stays within the tenant', async () => {
    const { organizationId } = member
    const [fast, slow] = [await createProject(member, { name: 'fast' }), await createProject(member, { name: 'slow' })]
    const budgetOf = (scopeId: string) =>
      createBudget(member, { scope: 'project', scopeId, period: 'total', limitNanos: 100n * usd })
    const [burning, resting] = [await budgetOf(fast.id), await budgetOf(slow.id)]
    // Two days of ten dollars a day, and it has not gone through the ledger: all hundred are left.
    await asOwner(
      database,
      `INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome,
         requests, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
       SELECT now() - h * interval '24 hours', $1, $2, $3, $3, $3, $3, 'ok', 1, 0, 0, 0, 0, 0, $4, 0
       FROM generate_series(1, 2) AS h`,
      [organizationId, fast.id, newId(), 10n * usd],
    )
    const forecast = await forecastBudgets(member)
    const days = (forecast.get(burning.id)!.getTime() - Date.now()) / dayMs
    expect(days).toBeGreaterThan(9.9)
    expect(days).toBeLessThan(10.1)
    expect(forecast.has(resting.id)).toBe(false)
    expect(await forecastBudgets(stranger)).toEqual(new Map())
  })
})
