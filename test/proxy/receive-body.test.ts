import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receiveBody } from '#proxy/upstream/receive-body.ts'

/** A call that only notes what it is told. */
function callOf() {
  const call = {
    paused: false,
    aborted: false,
    reason: null as Error | null,
    pause() {
      call.paused = true
    },
    resume() {
      call.paused = false
    },
    abort(reason: Error) {
      call.aborted = true
      call.reason = reason
    },
  }
  return call
}

const broken = new Error('reset')
const said = (error: Error): string => error.message

const step = fc.oneof(fc.constant('read' as const), fc.integer({ min: 1, max: 48 * 1024 }))

describe('a body as it arrives', () => {
  test('is read in its order, whenever it is asked for, and then ends as it ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, isBroken) => {
        const call = callOf()
        const { body, push, close } = receiveBody(call)
        const pushed: Uint8Array[] = []
        const asked: Promise<IteratorResult<Uint8Array>>[] = []
        const unreadBytes = (): number =>
          pushed.slice(asked.length).reduce((sum, { byteLength }) => sum + byteLength, 0)
        for (const one of steps) {
          if (one === 'read') asked.push(body.next())
          else {
            pushed.push(new Uint8Array(one))
            push(pushed.at(-1)!)
          }
          // Held back as soon as much is unread, and only then.
          expect(call.paused).toBe(unreadBytes() >= 64 * 1024)
        }
        close(isBroken ? broken : null)
        while (asked.length <= pushed.length) asked.push(body.next())
        const told = await Promise.all(asked.map((one) => one.then(({ done, value }) => done || value, said)))
        // By identity: comparing so many bytes takes its time.
        const end = isBroken ? said(broken) : true
        const inOrder = [...pushed, ...asked.slice(pushed.length).map(() => end)]
        expect(told.findIndex((one, index) => one !== inOrder[index])).toBe(-1)
        expect(call.aborted).toBe(false)
      }),
    )
  })

  test('is stopped at once by a reader that wants no more, and forgets what lies unread', async () => {
    const call = callOf()
    const { body, push, close } = receiveBody(call)
    push(new Uint8Array(70 * 1024))
    await body.return?.()
    expect(call.reason).toMatchObject({ code: 'UND_ERR_ABORTED' })
    push(new Uint8Array(1))
    close(null)
    await expect(body.next()).rejects.toBe(call.reason)
  })

  test('is not stopped by a reader that is done with all of it', async () => {
    const call = callOf()
    const { body, push, close } = receiveBody(call)
    push(new Uint8Array(1))
    close(null)
    for await (const chunk of body) expect(chunk.byteLength).toBe(1)
    expect(call.aborted).toBe(false)
  })
})
