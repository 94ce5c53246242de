/** What Stipend itself stopped a key for; null when a person did, or nobody. The reason is the database's, word for word. */
export function ownPause(pauseReason: string | null): 'overrun' | 'anomaly' | null {
  if (!pauseReason?.startsWith('Paused by Stipend:')) return null
  return pauseReason.includes('what is usual') ? 'anomaly' : 'overrun'
}
