import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAnswers } from '#lib/answers/create-answers.ts'
import { newId } from '#lib/core/ids.ts'
import { pool } from '#lib/db/pool.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('is found by the key that asked and by no other, in its own organization only, for as long as it is kept', async () => {
  const [ours, theirs] = [await foundLab(), await foundLab()]
  const answers = createAnswers(pool(), { warn: () => undefined } as never)
  const caller = { organizationId: ours.organizationId, keyId: newId() }
  const answer = { id: 'resp_1', model: 'gpt-4o', deploymentId: newId() }
  await answers.keep(caller, answer)
  await answers.keep(caller, answer)
  expect(await answers.find(caller, 'resp_1')).toEqual(answer)
  expect(await answers.find({ ...caller, keyId: newId() }, 'resp_1')).toBeNull()
  expect(await answers.find({ ...caller, organizationId: theirs.organizationId }, 'resp_1')).toBeNull()

  await answers.forget({ ...caller, keyId: newId() }, 'resp_1')
  expect(await answers.find(caller, 'resp_1')).toEqual(answer)
  await answers.forget(caller, 'resp_1')
  expect(await answers.find(caller, 'resp_1')).toBeNull()

  await answers.keep(caller, { ...answer, id: 'resp_old' })
  await asOwner(database, "UPDATE kept_answers SET kept_at = now() - interval '31 days'", [])
  await answers.keep(caller, answer)
  expect(await answers.find(caller, 'resp_old')).toBeNull()
})
