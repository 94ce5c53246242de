import { Prisma } from './generated/client.ts'

const kinds = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError)$/
const codes = /^P(1001|1002|1008|1017|2024|2028)$/

/** Whether an error of the ORM means that the database could not be reached, as opposed to an answer that says no. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const cause = causeOf(error)
    if (cause?.kind === 'postgres') return /^(08|57P|53)/.test(cause.code ?? '')
    return cause?.kind ? kinds.test(cause.kind) : codes.test(error.code)
  }
  // The driver's own, which carry no code.
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
}

function causeOf(error: Prisma.PrismaClientKnownRequestError): { kind?: string; code?: string } | undefined {
  const adapterError = error.meta?.driverAdapterError as { cause?: { kind?: string; code?: string } } | undefined
  return adapterError?.cause
}
