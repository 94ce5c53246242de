'use client'

import { useEffect, useState } from 'react'
import type { ReRatingProgressFacts } from './re-rating-facts.ts'

/** How often the books are asked: a batch of five hundred is done in less. */
const gapMs = 1_000
/** So many looks at which nothing moves, and nobody is at work on it. */
const stillLooks = 5

interface Seen {
  of: string
  facts: ReRatingProgressFacts
  /** Looks since it last moved. */
  still: number
}

interface Progress extends ReRatingProgressFacts {
  /** What it comes to in all. */
  all: number
  /** Null: of nothing. */
  ratio: number | null
  isMoving: boolean
}

/** How far one of so many has come, asked for again and again until it is finished; null: not known yet. */
export function useReRatingProgress(href: string, found: number): Progress | null {
  const [seen, setSeen] = useState<Seen | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    const watch = async () => {
      while (!leaving.signal.aborted) {
        const facts = await ask(href, leaving.signal)
        if (leaving.signal.aborted) return
        if (facts) {
          setSeen((last) => ({
            of: href,
            facts,
            still: last?.of === href && last.facts.done === facts.done ? last.still + 1 : 0,
          }))
          if (facts.isFinished) return
        }
        await new Promise((resolve) => setTimeout(resolve, gapMs))
      }
    }
    void watch()
    return () => leaving.abort()
  }, [href])
  if (seen?.of !== href) return null
  const { done } = seen.facts
  const all = Math.max(found, done)
  return { ...seen.facts, all, ratio: all > 0 ? done / all : null, isMoving: seen.still < stillLooks }
}

/** Null: the way to it is away just now. */
async function ask(href: string, signal: AbortSignal): Promise<ReRatingProgressFacts | null> {
  try {
    const answer = await fetch(href, { signal })
    return answer.ok ? ((await answer.json()) as ReRatingProgressFacts) : null
  } catch {
    return null
  }
}
