import { describe, expect, it } from 'vitest'
import { openApiDocument } from '#lib/api/open-api-document.ts'
import { routeTable } from '#lib/api/route-table.ts'

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; requestBody?: unknown; parameters?: unknown[] }>>
  components: { schemas: Record<string, unknown> }
}

const document = openApiDocument() as Document

describe('the OpenAPI document', () => {
  it('holds every call of the route table and no other', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented.sort()).toEqual(routeTable.map(({ method, path }) => `${method} ${path}`).sort())
    expect(document.openapi).toBe('3.1.0')
  })

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((it) => it.operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says what a key is made of', () => {
    expect(document.paths['/keys']?.post?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name', 'project_id', 'budgets'],
            additionalProperties: false,
            properties: {
              rpm: { type: ['integer', 'null'] },
              expires_at: { type: ['string', 'null'], format: 'date-time' },
            },
          },
        },
      },
    })
    expect(document.components.schemas.NewKey).toMatchObject({
      properties: { key: { type: 'string' }, available_usd: { type: ['string', 'null'] } },
    })
  })

  it('has patterns that are regular expressions and not how JavaScript writes them down', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g)].map((match) =>
      JSON.parse(match[1]!),
    )
    expect(patterns.length).toBeGreaterThan(0)
    for (const pattern of patterns) expect(pattern).toMatch(/^\^.*\$$/)
  })

  it('points nowhere that is not in it', () => {
    const targets = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    expect(targets.length).toBeGreaterThan(0)
    for (const [, name] of targets) expect(document.components.schemas).toHaveProperty(name!)
  })
})
