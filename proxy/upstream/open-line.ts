import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** The connection of one call, for as long as its answer comes on it. */
export interface Line {
  /** Bytes of the request may have left. */
  isSent(): boolean
  /**
   * Closes our half of the connection, and goes on reading: a server takes that for a caller who has gone, stops, and
   * closes its own half after the last byte that it wrote. So the end says that all it ever sent has been read. Nothing
   * happens where the answer is over, since the connection may be another call's by then.
   */
  hangUp(): void
}

interface OpenLine {
  socket: Socket | null
  isSent: boolean
  isHungUp: boolean
}

/** By the body of the request, the one thing that the call and what is sent have in common. */
const lines = new WeakMap<object, OpenLine>()

/** The TCP connections beneath those that speak TLS. */
const wires = new WeakMap<Socket, Socket>()

/** `bytes` must be this call's own object, and not empty. */
export function openLine(bytes: Buffer): Line {
  const line: OpenLine = { socket: null, isSent: false, isHungUp: false }
  lines.set(bytes, line)
  return {
    isSent: () => line.isSent,
    hangUp() {
      line.isHungUp = true
      close(line)
    },
  }
}

/** Whatever goes over `socket` goes over `wire`. */
export function layWire(socket: Socket, wire: Socket): void {
  wires.set(socket, wire)
}

/**
 * Below TLS, and without its word of farewell: both ends of it count the bytes of the other, and one that has said
 * farewell may throw away what comes after.
 */
function close({ socket }: OpenLine): void {
  if (socket) (wires.get(socket) ?? socket).end()
}

interface Message {
  request: { body: object | null }
  socket: Socket
}

function lineOf(message: unknown): OpenLine | undefined {
  const { body } = (message as Message).request
  return body === null ? undefined : lines.get(body)
}

subscribe('undici:client:sendHeaders', (message) => {
  const line = lineOf(message)
  if (!line) return
  line.socket = (message as Message).socket
  line.isSent = true
})

subscribe('undici:request:trailers', (message) => {
  const line = lineOf(message)
  if (!line) return
  // A connection that is half closed carries nothing more.
  if (line.isHungUp) line.socket?.destroy()
  line.socket = null
})

subscribe('undici:request:error', (message) => {
  const line = lineOf(message)
  if (line) line.socket = null
})
