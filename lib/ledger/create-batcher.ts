/** Hands items over in batches; `again` says that an earlier try of the same batch may have gone through. */
export type Commit<Item, Result> = (items: Item[], again: boolean) => Promise<Result[]>

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Group commit: what arrives while a batch is in flight forms the next one. There is no timer, so a lone item
 * leaves at once. When a batch fails for a reason of its data, its items are tried one by one, so that one bad item
 * does not take the others with it.
 */
export function createBatcher<Item, Result>(
  commit: Commit<Item, Result>,
  options: { maxItems: number; isDataError(error: unknown): boolean },
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = []
  let isBusy = false

  async function drain(): Promise<void> {
    isBusy = true
    while (queue.length > 0) await send(queue.splice(0, options.maxItems))
    isBusy = false
  }

  async function send(batch: Waiting<Item, Result>[], again = false): Promise<void> {
    try {
      const results = await commit(
        batch.map((waiting) => waiting.item),
        again,
      )
      batch.forEach((waiting, index) => {
        waiting.resolve(results[index]!)
      })
    } catch (error) {
      if (batch.length > 1 && options.isDataError(error)) {
        for (const waiting of batch) await send([waiting], true)
      } else {
        for (const waiting of batch) waiting.reject(error)
      }
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (!isBusy) void drain()
    })
}
