/** An error as facts for the log: a logger sees nothing of an Error but its own fields. */
export function describeError(error: unknown): { error: string; cause?: string; stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause === undefined ? {} : { cause: String(error.cause) }
  return { error: String(error), ...cause, ...(error.stack && { stack: error.stack }) }
}
