/** Resolves when `work` is done, and after `mostMs` in any case; `work` goes on by itself. It must not reject. */
export function waitAtMost(work: Promise<void>, mostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, mostMs)
    void work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
