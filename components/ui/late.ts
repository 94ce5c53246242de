/** A module that nobody needs to see a page: it comes with the first sign of somebody being there, or when asked for. */
export interface Late<Module> {
  /** Null until it is here, and always on the server. */
  readonly now: Module | null
  load(): Promise<Module>
}

const all: Late<unknown>[] = []
let isAwake = false

export function late<Module>(fetchModule: () => Promise<Module>): Late<Module> {
  let now: Module | null = null
  let coming: Promise<Module> | null = null
  const own: Late<Module> = {
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
          // The line was gone: the next press tries again.
          coming = null
          throw error
        },
      )
      return coming
    },
  }
  all.push(own)
  if (isAwake) fetchQuietly(own)
  return own
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
