import type { Page } from 'playwright-core'

/** Waits until React has come to all that is found so, and to one at least: a press before that is lost. */
export async function whenAlive(page: Page, selector = 'a, button'): Promise<void> {
  await page.waitForFunction((place) => {
    const found = [...document.querySelectorAll(place)]
    const isAlive = (element: Element) => Object.keys(element).some((name) => name.startsWith('__reactProps$'))
    return found.length > 0 && found.every(isAlive)
  }, selector)
}
