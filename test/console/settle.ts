import type { Page, Request } from 'playwright-core'

/** Waits until nothing has been fetched for a moment, but for the stream of news, which has no end; and not for ever. */
export async function settle(page: Page): Promise<void> {
  const quietMs = 500
  const longestMs = 3_000
  let underWay = 0
  let quietSince = performance.now()
  const isCounted = (request: Request) => request.resourceType() !== 'eventsource'
  const begin = (request: Request) => {
    if (isCounted(request)) underWay += 1
  }
  const end = (request: Request) => {
    if (!isCounted(request)) return
    underWay = Math.max(0, underWay - 1)
    quietSince = performance.now()
  }
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end)
  const until = performance.now() + longestMs
  while ((underWay > 0 || performance.now() - quietSince < quietMs) && performance.now() < until) {
    await page.waitForTimeout(50)
  }
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end)
}
