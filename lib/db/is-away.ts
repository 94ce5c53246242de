/**
 * Whether an error means that the database could not be reached or did not answer, so that nobody knows what it
 * did — as opposed to an answer that says no. SQLSTATE classes: 08 connection, 57P shutdown, 53 resources.
 */
export function isAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return true
  return /^(08|57P|53)/.test(code) || !/^[0-9A-Z]{5}$/.test(code)
}

/** Whether the transaction was undone only because others stood in its way (deadlock, serialization). */
function isCollision(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return code === '40P01' || code === '40001'
}

/** Whether the database will say the same of the same data however often it is asked. */
export function isDataError(error: unknown): boolean {
  return !isAway(error) && !isCollision(error)
}
