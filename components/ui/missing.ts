let count = 0
const listeners = new Set<() => void>()

/** Something that was asked for cannot be fetched; the page says so until the answer is called. */
export function noteMissing(): () => void {
  change(1)
  return () => change(-1)
}

export function isMissing(): boolean {
  return count > 0
}

export function onMissing(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(by: 1 | -1): void {
  count += by
  for (const listener of listeners) listener()
}
