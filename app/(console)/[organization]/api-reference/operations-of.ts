import { cache } from 'react'
import type { ApiField, ApiGroup, ApiOperation } from '#components/reference/api-facts.ts'
import { callSamples } from '#components/reference/call-samples.ts'
import { routeTable } from '#lib/api/route-table.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import {
  answerSchemaOf,
  apiDocument,
  bodySchemaOf,
  mergeSchema,
  type Operation,
  resolveSchema,
  type Schema,
} from './api-document.ts'
import { chineseOf } from './chinese-of.ts'
import { exampleOf } from './example-of.ts'

const deepest = 4

/** The management API as its pages show it, read from the same document that programs read: once for a page and its frame. */
export const operationsOf = cache((locale: Locale, origin: string): ApiGroup[] => {
  const say = (text: string) => (locale === 'zh-CN' ? chineseOf(text) : text)
  const fieldsOf = (schema: Schema | undefined, depth = 0): ApiField[] => {
    if (!schema || depth > deepest) return []
    const whole = mergeSchema(resolveSchema(schema))
    const inner = whole.items ? mergeSchema(resolveSchema(whole.items)) : whole
    return Object.entries(inner.properties ?? {}).map(([name, property]) => {
      const description = property.description ?? resolveSchema(property).description
      return {
        name,
        type: typeOf(property),
        isRequired: inner.required?.includes(name) ?? false,
        description: description === undefined ? null : say(description),
        fields: fieldsOf(property, depth + 1),
      }
    })
  }
  const shownOf = (method: string, path: string, operation: Operation): ApiOperation => {
    const body = bodySchemaOf(operation)
    const parameters = operation.parameters ?? []
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && (parameter.required || parameter.name === 'limit'))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, name, true)))}`)
    const place = `/api/v1${path}`
    return {
      id: operation.operationId,
      method: method.toUpperCase(),
      path: place,
      summary: say(operation.summary),
      permission: routeTable.find((route) => route.path === path && route.method === method.toUpperCase())!.permission,
      parameters: parameters.map(({ name, required, schema }) => ({
        name,
        type: typeOf(schema),
        isRequired: required ?? false,
        description: schema.description === undefined ? null : say(schema.description),
        fields: [],
      })),
      body: fieldsOf(body),
      answer: fieldsOf(answerSchemaOf(operation)),
      samples: callSamples({
        method: method.toUpperCase(),
        url: `${origin}${place.replace('{id}', String(exampleOf({ type: 'string', format: 'uuid' })))}${query.length > 0 ? `?${query.join('&')}` : ''}`,
        body: body && exampleOf(body, '', true),
      }),
      answerExample: JSON.stringify(exampleOf(answerSchemaOf(operation) ?? {}), null, 2),
    }
  }
  const groups = new Map<string, ApiOperation[]>()
  for (const [path, methods] of Object.entries(apiDocument().paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const group = operation.tags[0] ?? ''
      groups.set(group, [...(groups.get(group) ?? []), shownOf(method, path, operation)])
    }
  }
  return [...groups].map(([name, operations]) => ({ name, operations }))
})

function typeOf(schema: Schema): string {
  const whole = resolveSchema(schema)
  if (whole.enum) return whole.enum.map(String).join(' | ')
  const parts = whole.anyOf ?? whole.oneOf
  if (parts) return [...new Set(parts.map(typeOf))].join(' | ')
  if (whole.allOf) return 'object'
  const types = [whole.type ?? 'any'].flat()
  return types
    .map((type) => (type === 'array' && whole.items ? `${typeOf(whole.items)}[]` : type))
    .map((type) => (type === 'string' && whole.format ? whole.format : type))
    .join(' | ')
}
