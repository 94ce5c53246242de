import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on a page, or in one part of it, once nothing moves any more. */
export async function axeProblems(page: Page, part?: string): Promise<string[]> {
  // What is still fading in has less contrast than it will have; what turns for ever never ends.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => null)),
    ),
  )
  // There is no frame within a page, so its findings need no second page to be put together on.
  const builder = new AxeBuilder({ page }).withTags(tags).setLegacyMode()
  const { violations } = await (part ? builder.include(part) : builder).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}
