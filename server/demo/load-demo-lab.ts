import { hashPassword } from '#lib/auth/hash-password.ts'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { parseUsd } from '#lib/core/money.ts'
import { inTenant } from '#lib/db/in-tenant.ts'
import { pool } from '#lib/db/pool.ts'
import { prisma } from '#lib/db/prisma.ts'
import { environment } from '#lib/environment.ts'
import { changeKey } from '#lib/keys/change-key.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createModel } from '#lib/models/create-model.ts'
import { changeProject } from '#lib/projects/change-project.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { openCredential } from '#lib/providers/credential.ts'
import { loadRoutes } from '#lib/routing/load-routes.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'
import { lockInstallation } from '#lib/setup/lock-installation.ts'
import { type Person, people } from './people.ts'
import { type Writer, writeHistory } from './write-history.ts'

/** What is needed to show the demo lab to somebody. */
export interface DemoLab {
  organizationId: string
  providerId: string
  slug: string
  email: string
  password: string
  /** Of the first key; it may call `model`. */
  secret: string
  model: string
}

const owner = { email: 'demo@stipend.dev', name: 'Lin Qing', password: 'stipend-demo' }

const timeZone = 'Asia/Shanghai'

const groups = [
  { name: 'data group', model: 'gpt-3.5-turbo', capUsd: '500' },
  { name: 'core R&D', model: 'gpt-4o', capUsd: '1000' },
] as const

/** Two projects, ten students and three weeks of work; the lead's own key is new. Null when somebody has set this installation up already. */
export async function loadDemoLab(simulatorUrl: string): Promise<DemoLab | null> {
  const founded = await prisma().$transaction(async (tx) => {
    const { completedAt } = await lockInstallation(tx)
    if (completedAt) return null
    const passwordHash = await hashPassword(owner.password)
    const result = await foundOrganization(tx, {
      organization: 'Lin Lab',
      timeZone,
      locale: 'en',
      ownerLocale: null,
      name: owner.name,
      email: owner.email,
      passwordHash,
    })
    await tx.installation.update({ where: { id: 1 }, data: { setupTokenHash: null, completedAt: new Date() } })
    return result
  })
  if (!founded) return null
  const member = founded.owner

  const provider = await createProvider(member, {
    name: 'Simulated vendor',
    vendor: 'openai-compatible',
    baseUrl: simulatorUrl,
    apiKey: 'sk-simulated-vendor',
  })
  for (const { model } of groups) {
    await createModel(member, { name: model, deployments: [{ providerId: provider.id, upstreamModel: model }] })
  }
  const routes = await loadRoutes(pool(), member.organizationId, openCredential)
  const memberships = await addStudents(member)
  const projects = new Map<string, string>()
  for (const group of groups) {
    const project = await createProject(member, { name: group.name, models: [group.model] })
    projects.set(group.name, project.id)
  }

  const writers: Writer[] = []
  const secrets: string[] = []
  for (const person of people) {
    const { model } = groups.find((group) => group.name === person.project)!
    const projectId = projects.get(person.project)!
    const key = await createKey(member, {
      name: person.key,
      projectId,
      memberEmail: person.email,
      models: [model],
      budgets: [],
    })
    secrets.push(key.secret)
    const route = routes.get(model)!
    const [deployment] = route.deployments
    writers.push({
      person,
      organizationId: member.organizationId,
      projectId,
      membershipId: memberships.get(person)!,
      keyId: key.id,
      modelId: route.modelId,
      model,
      providerId: provider.id,
      deploymentId: deployment!.id,
      price: deployment!.price!,
      timeZone,
    })
  }

  // Budgets come after the history, so that their counters open with what has been spent.
  await writeHistory(environment().DATABASE_URL, writers)
  for (const { name, capUsd } of groups) {
    await changeProject(member, projects.get(name)!, { budgets: [{ period: 'total', limitNanos: parseUsd(capUsd)! }] })
  }
  for (const { person, keyId } of writers) {
    if (person.capUsd)
      await changeKey(member, keyId, { budgets: [{ period: 'month', limitNanos: parseUsd(person.capUsd)! }] })
  }
  await createKey(member, {
    name: 'lin-qing playground',
    projectId: projects.get('core R&D')!,
    memberEmail: owner.email,
    budgets: [{ period: 'month', limitNanos: parseUsd('20')! }],
  })
  return {
    organizationId: member.organizationId,
    providerId: provider.id,
    slug: founded.slug,
    email: owner.email,
    password: owner.password,
    secret: secrets[0]!,
    model: groups[0].model,
  }
}

async function addStudents(member: Member): Promise<Map<Person, string>> {
  const memberships = new Map<Person, string>()
  for (const person of people) {
    const [userId, membershipId] = [newId(), newId()]
    await inTenant(member.organizationId, async (tx) => {
      await tx.$queryRaw`SELECT set_config('stipend.user_id', ${userId}, true)`
      await tx.user.create({ data: { id: userId, email: person.email, name: person.name } })
      await tx.membership.create({
        data: { id: membershipId, organizationId: member.organizationId, userId, role: 'member' },
      })
    })
    memberships.set(person, membershipId)
  }
  return memberships
}
