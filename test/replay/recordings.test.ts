import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasTraffic } from '#test/proxy/support/traffic.ts'
import type { Row } from './support/judge.ts'
import { judgeAll } from './support/judge-all.ts'
import { failuresOf, writeTable } from './support/write-table.ts'

describe.skipIf(!hasTraffic)('recorded exchanges', () => {
  let rows: Row[]

  beforeAll(async () => {
    rows = await judgeAll()
  })

  test('are there', () => {
    expect(rows.length).toBeGreaterThan(200)
  })

  test('pass in their own dialect, in every other, and in what is booked; or it is explained why not', () => {
    const unexplained = rows.flatMap((row) =>
      failuresOf(row).flatMap(({ column, verdict, why }) =>
        why === null ? [`${row.file} ${column}: ${verdict}`] : [],
      ),
    )
    expect(unexplained).toEqual([])
  })

  test('are in docs/REPLAY.md as they are', () => {
    expect(readFileSync(new URL('../../docs/REPLAY.md', import.meta.url), 'utf8')).toBe(writeTable(rows))
  })
})

test.skipIf(hasTraffic)('recorded exchanges are NOT HERE: nothing of them was replayed', () => {
  expect(hasTraffic).toBe(false)
})
