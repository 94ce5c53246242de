import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openUpload, type Upload } from '#proxy/mounts/open-upload.ts'
import { secret, startWorld, type World } from './support/world.ts'

type Came = [request: IncomingMessage, response: ServerResponse]

const server = createServer()
const sockets: Socket[] = []

async function dial(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

async function readAll({ pieces }: Upload): Promise<string> {
  const read: Uint8Array[] = []
  for await (const piece of pieces) read.push(piece)
  return Buffer.concat(read).toString()
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

describe('what a caller sends', () => {
  it('is read whole when it lies there, and when it comes in pieces, one after the other on one connection', async () => {
    const socket = await dial()
    const post = async (head: string, ...pieces: string[]): Promise<string> => {
      const asked = once(server, 'request') as Promise<Came>
      socket.write(`POST / HTTP/1.1\r\nhost: here\r\n${head}\r\n\r\n${pieces[0]}`)
      const [came, response] = await asked
      const upload = openUpload(came)
      const reading = readAll(upload)
      for (const piece of pieces.slice(1)) {
        await new Promise(setImmediate)
        expect(upload.isWhole()).toBe(false)
        socket.write(piece)
      }
      const text = await reading
      expect(upload.isWhole()).toBe(true)
      const answered = once(socket, 'data')
      response.end('yes')
      await answered
      return text
    }
    expect(await post('content-length: 6', 'ab', 'cd', 'ef')).toBe('abcdef')
    expect(await post('content-length: 6', 'abcdef')).toBe('abcdef')
    expect(await post('content-length: 0', '')).toBe('')
    expect(await post('transfer-encoding: chunked', '2\r\nab\r\n', '1\r\nc\r\n', '0\r\n\r\n')).toBe('abc')
    expect(await post('transfer-encoding: chunked', '3\r\nabc\r\n0\r\n\r\n')).toBe('abc')
  })

  it('cannot be read where its caller leaves in the middle of it', async () => {
    const socket = await dial()
    const asked = once(server, 'request') as Promise<Came>
    socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 6\r\n\r\nab')
    const [came] = await asked
    const upload = openUpload(came)
    const reading = readAll(upload)
    socket.destroy()
    await expect(reading).rejects.toThrow()
    expect(upload.isWhole()).toBe(false)
  })
})

describe('a connection', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  it('goes on after a body that came whole and was refused', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const body = '{"model":'
    const headers = {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-length': body.length,
    }
    const reused: boolean[] = []
    for (let turn = 0; turn < 3; turn++) {
      const asked = request(`${world.baseUrl}/v1/chat/completions`, { method: 'POST', agent, headers })
      asked.end(body)
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      answer.resume()
      await once(answer, 'close')
      expect(answer.statusCode).toBe(400)
      reused.push(asked.reusedSocket)
    }
    agent.destroy()
    expect(reused).toEqual([false, true, true])
  })
})
