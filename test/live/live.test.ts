import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { inTenant } from '#lib/db/in-tenant.ts'
import { pool } from '#lib/db/pool.ts'
import { createAnnouncer } from '#lib/live/create-announcer.ts'
import { type LiveNote, liveChannel } from '#lib/live/live-note.ts'
import { type LiveHub, type LiveListener, openHub } from '#lib/live/open-hub.ts'
import { openStream } from '#lib/live/open-stream.ts'
import { log } from '#lib/log.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { listEndedRequests } from '#lib/requests/list-ended-requests.ts'
import { type RunningLab, startLab } from '../gateway/start-lab.ts'
import { asOwner } from '../support/as-owner.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertRequest } from '../support/insert-request.ts'

let lab: RunningLab
let other: Member
const hubs: LiveHub[] = []

beforeAll(async () => {
  lab = await startLab()
  other = await foundLab('Other lab')
})

afterAll(async () => {
  for (const hub of hubs) await hub.close()
  await lab?.close()
})

function newHub(): LiveHub {
  const hub = openHub({ connectionString: lab.database.appUrl, log, lingerMs: 50 })
  hubs.push(hub)
  return hub
}

/** Somebody who listens, and what they heard. */
async function listenTo(hub: LiveHub, organizationId: string, userId = newId()) {
  const heard: LiveNote[] = []
  let readies = 0
  let ready: () => void
  const isReady = new Promise<void>((done) => {
    ready = done
  })
  const leave = hub.listen(organizationId, {
    userId,
    onReady() {
      readies += 1
      ready()
    },
    onNote: (note) => heard.push(note),
    onClose() {},
  })
  if (leave) await isReady
  return { heard, leave, readies: () => readies }
}

async function listeningConnections(): Promise<number[]> {
  const rows = await asOwner<{ pid: number }>(
    lab.database,
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query IN ($1, 'SELECT')`,
    [`LISTEN ${liveChannel}`],
  )
  return rows.map(({ pid }) => pid)
}

const call = async (key: Awaited<ReturnType<RunningLab['addKey']>>) =>
  lab.client(key).chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello.' }] })

describe('news', () => {
  it('of a call through the gateway reach who listens to its organization, by the id of its row', async () => {
    const hub = newHub()
    const [ours, theirs] = [await listenTo(hub, lab.member.organizationId), await listenTo(hub, other.organizationId)]
    const key = await lab.addKey('1')
    await call(key)
    const ended = () =>
      ours.heard.flatMap((note) => (note.topic === 'requests' ? Object.values(note.ended!).flat() : []))
    await expect.poll(ended).toHaveLength(1)
    const rows = await asOwner<{ id: string }>(lab.database, 'SELECT id FROM requests WHERE key_id = $1', [key.id])
    expect(ended()).toEqual(rows.map(({ id }) => id))
    // What another organization hears, it hears in order: had it heard of ours, it would have been before its own.
    await createProject(other, { name: 'Theirs' })
    await expect.poll(() => theirs.heard).toEqual([{ organizationId: other.organizationId, topic: 'changes' }])
    expect(ours.heard.every(({ organizationId }) => organizationId === lab.member.organizationId)).toBe(true)
  })

  it('of a change come with its transaction, and not without it', async () => {
    const { heard } = await listenTo(newHub(), other.organizationId)
    const undone = inTenant(other.organizationId, async (tx) => {
      await tx.auditEvent.create({
        data: { id: newId(), organizationId: other.organizationId, actor: 'user:x', action: 'project.create' },
      })
      throw new Error('thought better of it')
    })
    await expect(undone).rejects.toThrow('thought better of it')
    await createProject(other, { name: 'Done' })
    await expect.poll(() => heard).toHaveLength(1)
  })

  it('are one note an organization for all that ends together, and too many are not named', async () => {
    const hub = newHub()
    const [first, second] = [await listenTo(hub, lab.member.organizationId), await listenTo(hub, other.organizationId)]
    const announcer = createAnnouncer({ pool: pool(), log })
    const membershipId = newId()
    const end = (organizationId: string, owner: string | null = null) => {
      const requestId = newId()
      announcer.ended([{ requestId, caller: { organizationId, membershipId: owner } }])
      return requestId
    }
    const ids = [end(lab.member.organizationId), end(lab.member.organizationId, membershipId)]
    for (let count = 0; count < 500; count++) end(other.organizationId, newId())
    await announcer.close()
    await expect.poll(() => [first.heard.length, second.heard.length]).toEqual([1, 1])
    expect(first.heard[0]).toMatchObject({ ended: { '': [ids[0]], [membershipId]: [ids[1]] } })
    expect(second.heard[0]).toMatchObject({ topic: 'requests', ended: null })
    // As many as are named fit, also when each is somebody else's.
    for (let count = 0; count < 80; count++) end(other.organizationId, newId())
    await announcer.close()
    await expect.poll(() => second.heard.length).toBe(2)
    expect(Object.keys((second.heard[1] as { ended: object }).ended)).toHaveLength(80)
  })
})

describe('requests that ended, by name', () => {
  it('are found as the filter finds them, of the own organization and of what one may see', async () => {
    const { organizationId } = lab.member
    const { id, projectId } = await lab.addKey(null)
    const add = (status: number, of = organizationId, createdAt?: string) =>
      insertRequest(lab.database, { organizationId: of, key: { id, projectId, membershipId: null }, status, createdAt })
    const long = new Date(Date.now() - 3 * 86_400_000).toISOString()
    const [good, bad, past] = [await add(200), await add(502), await add(200, organizationId, long)]
    const ids = [good, bad, past, newId()]
    const found = async (member: Member, filter: object = {}) =>
      (await listEndedRequests(member, { ids, ...filter })).map((request) => request.id).sort()
    expect(await found(lab.member)).toEqual([good, bad].sort())
    expect(await found(lab.member, { status: '502' })).toEqual([bad])
    expect(await found(lab.member, { keyId: newId() })).toEqual([])
    expect(await found(other)).toEqual([])
    expect(await found({ ...lab.member, role: 'member' })).toEqual([])
    await expect(listEndedRequests(lab.member, { ids: ['none'] })).rejects.toThrow()
  })
})

describe('the hub of a process', () => {
  it('holds one connection for all who listen, and none when nobody does', async () => {
    const before = await listeningConnections()
    const hub = newHub()
    const own = async () => (await listeningConnections()).filter((pid) => !before.includes(pid))
    expect(await own()).toEqual([])
    const those = await Promise.all(
      Array.from({ length: 20 }, (_, index) => listenTo(hub, (index % 2 ? other : lab.member).organizationId)),
    )
    expect(await own()).toHaveLength(1)
    for (const { leave } of those) leave!()
    await expect.poll(own).toEqual([])
    // Whoever comes then is heard again.
    const { heard } = await listenTo(hub, other.organizationId)
    await createProject(other, { name: 'Late' })
    await expect.poll(() => heard).toHaveLength(1)
  })

  it('listens again when its connection is cut, and says that something may have been missed', async () => {
    const before = await listeningConnections()
    const { heard, readies } = await listenTo(newHub(), other.organizationId)
    const [pid] = (await listeningConnections()).filter((one) => !before.includes(one))
    await asOwner(lab.database, 'SELECT pg_terminate_backend($1)', [pid])
    await expect.poll(readies).toBe(2)
    await createProject(other, { name: 'After the cut' })
    await expect.poll(() => heard).toHaveLength(1)
  })

  it('lets one person listen so often and no more, and nobody once it is closed', async () => {
    const hub = newHub()
    const person = newId()
    const places = await Promise.all(Array.from({ length: 31 }, () => listenTo(hub, other.organizationId, person)))
    expect(places.filter(({ leave }) => leave === null)).toHaveLength(1)
    places[0]!.leave!()
    expect((await listenTo(hub, other.organizationId, person)).leave).not.toBeNull()
    await hub.close()
    expect((await listenTo(hub, other.organizationId)).leave).toBeNull()
  })

  it('heeds nothing that is not a note', async () => {
    const { heard } = await listenTo(newHub(), other.organizationId)
    for (const payload of ['', '{', '{"topic":"requests"}', '[]']) {
      await pool().query('SELECT pg_notify($1, $2)', [liveChannel, payload])
    }
    await createProject(other, { name: 'Sound' })
    await expect.poll(() => heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ topic: 'changes' })
  })
})

describe('the stream of a page', () => {
  const events = (text: string) =>
    Array.from(text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g), ([, event, data]) => [event, JSON.parse(data!)] as const)

  /** A stream, by hand: what its hub would tell it, and who its person is when asked again. */
  function openPage(member: Partial<Member>, findAgain: () => Promise<Member | null>, everyMs?: number) {
    let listener!: LiveListener
    let isLeft = false
    const gone = new AbortController()
    const person = { ...lab.member, userId: newId(), ...member } as Member & { userId: string }
    const stream = openStream({
      hub: {
        listen(_, one) {
          listener = one
          return () => {
            isLeft = true
          }
        },
      },
      member: person,
      findAgain,
      signal: gone.signal,
      ...(everyMs && { everyMs }),
    })!
    const reader = stream.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const read = async () => {
      const { value, done } = await reader.read()
      text += value ? decoder.decode(value) : ''
      return !done
    }
    return {
      listener,
      reader,
      read,
      heard: () => events(text),
      isLeft: () => isLeft,
      leave: () => gone.abort(),
      person,
    }
  }

  const requests = (ended: Record<string, string[]> | null): LiveNote => ({
    organizationId: lab.member.organizationId,
    topic: 'requests',
    ended,
  })

  it('names to who sees only the own requests those alone', async () => {
    const membershipId = newId()
    const page = openPage({ role: 'member', membershipId }, async () => null)
    const [own, foreign] = [newId(), newId()]
    page.listener.onNote(requests({ '': [foreign], [newId()]: [newId()] }))
    page.listener.onNote(requests({ '': [foreign], [membershipId]: [own] }))
    page.listener.onNote({ organizationId: lab.member.organizationId, topic: 'health' })
    page.listener.onClose()
    while (await page.read());
    expect(page.heard()).toEqual([['note', { requests: [own], changes: false, health: false }]])
    expect(page.isLeft()).toBe(true)
  })

  it('gives a slow reader one message of all that happened meanwhile', async () => {
    const page = openPage({}, async () => page.person)
    const ids = Array.from({ length: 40 }, () => newId())
    page.listener.onReady()
    await page.read()
    for (const id of ids) page.listener.onNote(requests({ '': [id] }))
    page.listener.onNote({ organizationId: lab.member.organizationId, topic: 'health' })
    const seen = () => page.heard().flatMap(([, note]) => note.requests ?? [])
    while (seen().length < ids.length) await page.read()
    expect(seen()).toEqual(ids)
    // What was under way, and the rest in one.
    expect(page.heard().length).toBeLessThan(6)
    for (let count = 0; count < 20; count++)
      page.listener.onNote(requests({ '': Array.from({ length: 40 }, () => newId()) }))
    while (page.heard().at(-1)![1].requests !== null) await page.read()
    page.leave()
    await expect.poll(page.isLeft).toBe(true)
  })

  it('ends when its person is no longer of the organization, and says nothing before that', async () => {
    let isMember = true
    const page = openPage({}, async () => (isMember ? page.person : null))
    page.listener.onNote({ organizationId: lab.member.organizationId, topic: 'changes' })
    while (page.heard().length < 1) await page.read()
    isMember = false
    page.listener.onNote({ organizationId: lab.member.organizationId, topic: 'changes' })
    page.listener.onNote(requests({ '': [newId()] }))
    while (await page.read());
    expect(page.heard()).toEqual([
      ['note', { changes: true, health: false }],
      ['end', {}],
    ])
    expect(page.isLeft()).toBe(true)
  })

  it('ends also where nothing happens, and stays while the database is away', async () => {
    let answer: 'away' | 'there' | 'gone' = 'away'
    let asked = 0
    const findAgain = async () => {
      asked += 1
      if (answer === 'away') throw new Error('the database is away')
      return answer === 'there' ? page.person : null
    }
    const page = openPage({}, findAgain, 5)
    const whole = (async () => {
      while (await page.read());
    })()
    await expect.poll(() => asked).toBeGreaterThan(2)
    answer = 'gone'
    await whole
    expect(page.heard().at(-1)).toEqual(['end', {}])
    expect(page.heard().some(([event]) => event === 'beat')).toBe(true)
  })
})
