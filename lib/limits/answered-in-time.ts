/**
 * What `answer` says, or an error when it says nothing for `withinMs`. A process that stood still for longer than that sees
 * its timers before what has arrived meanwhile: it hears that first, for it would be no fault of whoever answered.
 */
export function answeredInTime<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`There was no answer within ${withinMs} ms.`))
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), withinMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
