import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { capsSchema } from '../budgets/budget-fields.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { type MemberView, memberParts, viewOfMember } from '../members/member-view.ts'
import { type ClassProblem, type ClassRow, readClass } from './read-class.ts'

const longestCsv = 200_000

const schema = z.strictObject({
  csv: z.string().max(longestCsv, 'This file is too large'),
  /** Where a line names none. */
  projectId: z.uuid(),
  /** Of each key, where a line names none; its period holds for the caps of the lines, too. */
  cap: capsSchema.refine((list) => list.length === 1, 'Give one cap'),
})

export type ClassInput = z.input<typeof schema>

export interface PlannedStudent extends Omit<ClassRow, 'project' | 'capNanos'> {
  projectId: string
  projectName: string
  cap: { period: 'total' | 'day' | 'week' | 'month'; limitNanos: bigint }
  /** Null for who is no member yet. */
  member: MemberView | null
}

export interface ClassPlan {
  students: PlannedStudent[]
  problems: ClassProblem[]
}

/** What an import would do, line by line, or why it would not. */
export async function planClass(tx: Transaction, member: Member, input: ClassInput): Promise<ClassPlan> {
  authorize(member, 'members.import')
  authorize(member, 'keys.change')
  authorize(member, 'budgets.change')
  const { csv, projectId, cap } = parseInput(schema, input)
  const { organizationId } = member
  const { rows, problems } = readClass(csv)
  const projects = await tx.project.findMany({ where: { organizationId, archivedAt: null } })
  const models = await tx.model.findMany({
    where: { organizationId, archivedAt: null },
    select: { id: true, name: true },
  })
  const ofClass = projects.find(({ id }) => id === projectId)
  if (!ofClass) throw notFound('project', 'projectId')
  const memberships = await tx.membership.findMany({
    where: { organizationId, removedAt: null, user: { email: { in: rows.map(({ email }) => email) } } },
    include: memberParts,
  })
  const members = new Map(memberships.map((row) => [row.user.email, viewOfMember(row)]))
  const students: PlannedStudent[] = []
  for (const { project: projectName, capNanos, ...row } of rows) {
    const found = (code: ClassProblem['code'], text: string) => problems.push({ line: row.line, code, text })
    const project = projectName ? projects.find(({ name }) => name === projectName) : ofClass
    const known = members.get(row.email) ?? null
    // Who has no password yet gets one by the link: nobody may make that for a role above a plain member's.
    if (known && !known.canSignIn && known.role !== 'member' && !roleMay(member.role, 'members.change')) {
      found('role', known.email)
    }
    if (!project) {
      found('project', projectName ?? '')
      continue
    }
    for (const name of row.models ?? []) {
      const model = models.find((one) => one.name === name)
      if (!model || !(project.allModels || project.allowedModelIds.includes(model.id))) found('models', name)
    }
    students.push({
      ...row,
      projectId: project.id,
      projectName: project.name,
      cap: { period: cap[0]!.period, limitNanos: capNanos ?? cap[0]!.limitNanos },
      member: known,
    })
  }
  problems.sort((a, b) => a.line - b.line)
  return { students, problems }
}
