import type { PlaygroundKey } from '#components/playground/playground-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { KeyView } from '#lib/keys/key-view.ts'

/** A key as one that pays; null once it was revoked, which is for good. */
export function playgroundKeyOf(key: KeyView, models: readonly string[]): PlaygroundKey | null {
  const { id, name, projectName, status, availableNanos } = key
  if (status === 'revoked') return null
  return { id, name, projectName, status, leftUsd: availableNanos === null ? null : formatUsd(availableNanos), models }
}
