import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from '#components/providers/place-address.ts'
import { tidyBaseUrl } from '#lib/core/tidy-base-url.ts'
import { upstreamUrl } from '#lib/core/upstream-url.ts'
import { findVendor, vendors } from '#lib/providers/vendors.ts'

const azure = 'https://our.openai.azure.com'

describe("an address as people copy it from Azure's portal", () => {
  it.each([
    [`${azure}/`, `${azure}/openai/v1`],
    [`${azure}/openai`, `${azure}/openai/v1`],
    [`${azure}/openai/v1/`, `${azure}/openai/v1/`],
    [`${azure}/?api-version=2024-10-21`, `${azure}/openai?api-version=2024-10-21`],
    [
      `${azure}/openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01-preview`,
      `${azure}/openai?api-version=2025-01-01-preview`,
    ],
    ['https://apim.example.edu/our/api', 'https://apim.example.edu/our/api'],
  ])('%s becomes %s', (copied, kept) => expect(tidyBaseUrl('azure', copied)).toBe(kept))
})

describe('the address of a call', () => {
  it.each([
    [`${azure}/openai/v1`, '/chat/completions', `${azure}/openai/v1/chat/completions`],
    [`${azure}/openai/v1?api-version=preview`, '/responses', `${azure}/openai/v1/responses?api-version=preview`],
    [
      `${azure}/openai?api-version=2024-10-21`,
      '/chat/completions',
      `${azure}/openai/deployments/our%20gpt/chat/completions?api-version=2024-10-21`,
    ],
    [
      `${azure}/openai?api-version=2024-10-21`,
      '/responses/resp_1?stream=true',
      `${azure}/openai/responses/resp_1?stream=true&api-version=2024-10-21`,
    ],
  ])('at Azure, below %s, %s is %s', (baseUrl, path, url) => {
    expect(upstreamUrl({ wire: 'azure', baseUrl }, path, 'our gpt').href).toBe(url)
  })
})

describe('an address put together from its parts', () => {
  it.each(vendors.flatMap(({ id, place }) => (place ? [id] : [])))('of %s can be taken apart again', (id) => {
    const form = findVendor(id)!.place!
    const values = Object.fromEntries(form.fields.map((name) => [name, `our-${name.toLowerCase()}`]))
    const address = writeAddress(form, values)
    expect(URL.canParse(address)).toBe(true)
    expect(readAddress(form, address)).toEqual(values)
    expect(writeAddress(form, {})).toBe('')
    expect(readAddress(form, 'https://elsewhere.example.edu/v1')).toBeNull()
  })

  it('of Azure has a version only where one is given', () => {
    const form = findVendor('azure')!.place!
    expect(writeAddress(form, { resource: 'our' })).toBe(`${azure}/openai/v1`)
    expect(writeAddress(form, { resource: 'our', apiVersion: '2024-10-21' })).toBe(
      `${azure}/openai?api-version=2024-10-21`,
    )
  })
})

it.each(vendors.map(({ id }) => id))('%s is in the table of vendors', (id) => {
  expect(readFileSync(new URL('../../docs/VENDORS.md', import.meta.url), 'utf8')).toContain(`\`${id}\``)
})
