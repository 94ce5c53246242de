import { z } from 'zod'
import { nameSchema } from '../../core/fields.ts'
import { limitFields } from '../../limits/limit-fields.ts'
import { modelListSchema } from '../../models/model-list-schema.ts'
import { changeProject } from '../../projects/change-project.ts'
import { createProject } from '../../projects/create-project.ts'
import { getProject } from '../../projects/get-project.ts'
import { listProjects } from '../../projects/list-projects.ts'
import { removeProject } from '../../projects/remove-project.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { capsInput, id, pageOf, pageQuery, removed, time, usd } from '../wire-fields.ts'
import { budget } from './budget-wire.ts'

const project = z
  .object({
    id,
    name: z.string(),
    models: z.array(z.string()).nullable().meta({ description: 'Null: all' }),
    key_count: z.int(),
    spent_usd: usd,
    rpm: z.int().nullable(),
    tpm: z.int().nullable(),
    rpd: z.int().nullable(),
    max_parallel: z.int().nullable(),
    budgets: z.array(budget),
    created_at: time,
  })
  .meta({ id: 'Project' })

const optional = {
  models: modelListSchema.optional(),
  budgets: capsInput.nullable().optional(),
  rpm: limitFields.requestsPerMinute.optional(),
  tpm: limitFields.tokensPerMinute.optional(),
  rpd: limitFields.requestsPerDay.optional(),
  max_parallel: limitFields.maxParallel.optional(),
}

export const projectRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/projects',
    summary: 'List projects',
    permission: 'projects.read',
    query: pageQuery,
    answer: pageOf(project),
    handle: async ({ member, query }) => pageOfList(await listProjects(member), query),
  }),
  route({
    method: 'POST',
    path: '/projects',
    summary: 'Create a project',
    permission: 'projects.change',
    body: z.strictObject({ name: nameSchema, ...optional }),
    status: 201,
    answer: project,
    handle: ({ member, body }) => createProject(member, body),
  }),
  route({
    method: 'GET',
    path: '/projects/{id}',
    summary: 'Read a project',
    permission: 'projects.read',
    answer: project,
    handle: ({ member, id }) => getProject(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/projects/{id}',
    summary: 'Change a project; lists are whole',
    permission: 'projects.change',
    body: z.strictObject({ name: nameSchema.optional(), ...optional }),
    answer: project,
    handle: ({ member, id, body }) => changeProject(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/projects/{id}',
    summary: 'Remove a project without keys',
    permission: 'projects.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await removeProject(member, id)
      return { id, deleted: true }
    },
  }),
]
