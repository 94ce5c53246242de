import { z } from 'zod'
import type { Member } from '../auth/member.ts'
import type { Permission } from '../auth/permissions.ts'
import { parseInput } from '../core/parse-input.ts'
import { type FromWire, fromWire } from './from-wire.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One call of the management API: what is answered and what is documented are made from the same description. */
export interface Route {
  method: Method
  /** Below /api/v1; the only parameter there is, is {id}. */
  path: string
  summary: string
  /** What the key's role must allow; the operation itself asks for it. */
  permission: Permission
  query: z.ZodType
  /** Null: takes none. */
  body: z.ZodType | null
  status: 200 | 201
  /** Nothing that is not in it is ever sent. */
  answer: z.ZodType
  run(call: { member: Member; id: string; query: unknown; body: unknown }): Promise<unknown>
}

interface RouteDescription<Query extends z.ZodRawShape, Body extends z.ZodType> {
  method: Method
  path: string
  summary: string
  permission: Permission
  query?: Query
  body?: Body
  status?: 201
  answer: z.ZodType
  handle(call: {
    member: Member
    /** Of the path; empty where the path has none. */
    id: string
    query: FromWire<z.output<z.ZodObject<Query>>>
    body: FromWire<z.output<Body>>
  }): Promise<unknown>
}

const nothing = z.strictObject({})

/** Joins the schemas of a route to its handler, which gets validated input under our own names. */
export function route<Query extends z.ZodRawShape = Record<never, never>, Body extends z.ZodType = z.ZodUndefined>(
  description: RouteDescription<Query, Body>,
): Route {
  const { method, path, summary, permission, answer, status = 200, handle } = description
  const query = z.strictObject(description.query ?? ({} as Query))
  const body = description.body ?? null
  return {
    method,
    path,
    summary,
    permission,
    answer,
    status,
    query,
    body,
    run: (call) =>
      handle({
        member: call.member,
        id: call.id,
        query: fromWire(parseInput(query, call.query)),
        body: fromWire(parseInput(body ?? nothing, call.body)) as FromWire<z.output<Body>>,
      }),
  }
}
