import { describe, expect, it } from 'vitest'
import { routeTable } from '#lib/api/route-table.ts'
import { messages } from '#lib/i18n/messages.ts'
import {
  answerSchemaOf,
  apiDocument,
  bodySchemaOf,
} from '../../app/(console)/[organization]/api-reference/api-document.ts'
import { chinese } from '../../app/(console)/[organization]/api-reference/chinese-of.ts'
import { exampleOf } from '../../app/(console)/[organization]/api-reference/example-of.ts'
import { operationsOf } from '../../app/(console)/[organization]/api-reference/operations-of.ts'
import { partsOf } from '../../app/(console)/[organization]/api-reference/parts-of.ts'

const operations = routeTable.map((route) => ({
  route,
  name: `${route.method} ${route.path}`,
  operation: apiDocument().paths[route.path]![route.method.toLowerCase()]!,
}))

describe.each(operations)('the page shows of $name', ({ route, operation }) => {
  it('an answer that it could give', () => {
    const example = exampleOf(answerSchemaOf(operation)!)
    expect(route.answer.safeParse(example)).toMatchObject({ success: true })
  })

  it('a body that it takes', () => {
    const schema = bodySchemaOf(operation)
    expect(schema !== undefined).toBe(route.body !== null)
    if (schema) expect(route.body!.safeParse(exampleOf(schema, '', true))).toMatchObject({ success: true })
  })
})

describe('the pages of the API', () => {
  it('say in Chinese all that they say in English, and nothing else', () => {
    const said = new Set<string>()
    const hear = (value: unknown, key: string) => {
      if (typeof value === 'string' && (key === 'summary' || key === 'description')) said.add(value)
      else if (typeof value === 'object' && value) for (const [name, inner] of Object.entries(value)) hear(inner, name)
    }
    for (const { operation } of operations) {
      // What stands beside the answers and whom a call is for, the page says in words of its own.
      const { description: _, responses, ...shown } = operation
      hear(shown, '')
      for (const { content } of Object.values(responses)) hear(content, '')
    }
    hear(apiDocument().components.schemas, '')
    expect(Object.keys(chinese).sort()).toEqual([...said].sort())
  })

  it('name every group in both languages', () => {
    for (const { name } of operationsOf('en', '')) {
      expect(messages.en.reference.groups, name).toHaveProperty([name])
      expect(messages['zh-CN'].reference.groups, name).toHaveProperty([name])
    }
  })

  it('have a place in the contents each, and one only', () => {
    const groups = operationsOf('en', '')
    const placed = partsOf([...groups, { name: 'new-noun' }]).flatMap(([, some]) => some.map(({ name }) => name))
    expect([...placed].sort()).toEqual([...groups.map(({ name }) => name), 'new-noun'].sort())
    // Only what nobody has placed yet stands behind the last.
    expect(placed.slice(-2)).toEqual(['organization', 'new-noun'])
  })

  it('show each call with its address, in three languages', () => {
    const all = operationsOf('en', 'https://stipend.example').flatMap(({ operations: some }) => some)
    expect(all.length).toBe(routeTable.length)
    for (const { samples, method } of all) {
      expect(samples.map(({ label }) => label)).toEqual(['curl', 'Python', 'TypeScript'])
      for (const { code } of samples) expect(code).toContain('https://stipend.example/api/v1/')
      if (method !== 'GET') expect(samples[2]!.code).toContain(`method: '${method}'`)
    }
  })
})
