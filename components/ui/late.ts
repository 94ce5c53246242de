import { noteMissing } from './missing.ts'

/** A module that nobody needs to see a page: it comes with the first sign of somebody being there, or when asked for. */
export interface Late<Module> {
  /** Null until it is here, and always on the server. */
  readonly now: Module | null
  load(): Promise<Module>
}

const retryMs = 2_000

const all: Late<unknown>[] = []
let isAwake = false

export function late<Module>(fetchModule: () => Promise<Module>): Late<Module> {
  const own = onlyWhenAsked(fetchModule)
  all.push(own)
  if (isAwake) fetchQuietly(own)
  return own
}

/** For what few ask for and is large: it does not come with the first sign of somebody. */
export function onlyWhenAsked<Module>(fetchModule: () => Promise<Module>): Late<Module> {
  let now: Module | null = null
  let coming: Promise<Module> | null = null
  return {
    get now() {
      return now
    },
    load() {
      coming ??= fetchModule().then(
        (module) => {
          now = module
          return module
        },
        (error: unknown) => {
          // The line was gone: who asks next tries again.
          coming = null
          throw error
        },
      )
      return coming
    },
  }
}

/** Somebody is there: fetches all that this page may be asked to open, so that it opens at once. */
export function wake(): void {
  if (isAwake) return
  isAwake = true
  for (const one of all) fetchQuietly(one)
}

export function fetchQuietly(one: Late<unknown>): void {
  one.load().catch(() => undefined)
}

/**
 * Asks for what is wanted now until it is here, and has the page say so for as long as it cannot be had; null as soon as
 * `left` says that it is not wanted any more.
 */
export async function insist<Module>(one: Late<Module>, left?: AbortSignal): Promise<Module | null> {
  let found: (() => void) | null = null
  try {
    while (!left?.aborted) {
      try {
        return await one.load()
      } catch {
        if (left?.aborted) break
        found ??= noteMissing()
        await pause(left)
      }
    }
    return null
  } finally {
    found?.()
  }
}

function pause(left: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, retryMs)
    left?.addEventListener('abort', () => resolve(), { once: true })
  })
}
