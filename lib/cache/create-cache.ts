const mostEntries = 20_000

/**
 * Remembers what `load` answered for `freshMs`, and joins those who ask at the same moment. A failure is not
 * remembered. The oldest entries leave first.
 */
export function createCache<T>(freshMs: number, load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const entries = new Map<string, { value: Promise<T>; loadedAt: number }>()
  return (key) => {
    const now = performance.now()
    const known = entries.get(key)
    if (known && now - known.loadedAt < freshMs) return known.value
    entries.delete(key)
    const value = load(key)
    entries.set(key, { value, loadedAt: now })
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key)
    })
    if (entries.size > mostEntries) entries.delete(entries.keys().next().value!)
    return value
  }
}
