/** Whether Stipend itself stopped the key, because a vendor reported more than was set aside; the reason is the ledger's. */
export function isOverrunPause(pauseReason: string | null): boolean {
  return pauseReason?.startsWith('Paused by Stipend:') ?? false
}
