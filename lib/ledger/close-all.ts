import type pg from 'pg'
import { unknownUsage } from '../core/usage.ts'
import { isDataError } from '../db/is-away.ts'
import { type CloseAnswer, type CloseItem, closeBatch } from './close-batch.ts'
import { settleLate } from './settle-late.ts'

/** More than any request can cost, and little enough that sums of it stay numbers of the database. */
const mostNanos = 10n ** 17n

/**
 * Closes all of `items`, whatever is in them. What the database refuses for its data is closed bare, with its cost and
 * without its details, so that nothing is held for ever; what had expired is corrected. Throws only when the database is away.
 */
export async function closeAll(pool: pg.Pool, items: CloseItem[]): Promise<CloseAnswer[]> {
  const answers = await closeOneByOneIfNeeded(pool, items)
  const late = items.flatMap((item, index) =>
    answers[index] === 'already closed' && item.kind !== 'record' ? [{ item, index }] : [],
  )
  if (late.length > 0) {
    const results = await settleLate(
      pool,
      late.map(({ item }) => item),
    )
    late.forEach(({ index }, place) => {
      answers[index] = results[place]!
    })
  }
  return answers
}

async function closeOneByOneIfNeeded(pool: pg.Pool, items: CloseItem[]): Promise<CloseAnswer[]> {
  try {
    return await closeBatch(pool, items)
  } catch (error) {
    if (!isDataError(error)) throw error
    if (isClosedAlready(error)) await pool.query('SELECT ledger_drop_ghosts($1)', [items.map(idOf)])
    if (items.length === 1) return await closeBatch(pool, isClosedAlready(error) ? items : items.map(bare))
    const answers: CloseAnswer[] = []
    for (const item of items) answers.push(...(await closeOneByOneIfNeeded(pool, [item])))
    return answers
  }
}

function idOf({ outcome }: CloseItem): string {
  return outcome.requestId
}

/** The request has its closing entry: what is reserved under its id is a ghost. */
function isClosedAlready(error: unknown): boolean {
  return (error as { constraint?: unknown }).constraint === 'one_closing_entry'
}

function bare({ kind, outcome }: CloseItem): CloseItem {
  const { costNanos } = outcome
  return {
    kind,
    outcome: {
      ...outcome,
      model: '',
      deployment: null,
      errorCode: outcome.errorCode ?? 'unrecordable',
      usage: unknownUsage,
      costNanos: costNanos > mostNanos ? mostNanos : costNanos < 0n ? 0n : costNanos,
      estimated: true,
      latencyMs: 0,
      firstTokenMs: null,
      finishReason: null,
      attempts: [],
    },
  }
}
