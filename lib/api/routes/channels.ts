import { z } from 'zod'
import { testChannel } from '../../alerts/test-channel.ts'
import { changeChannel } from '../../channels/change-channel.ts'
import { channelFields } from '../../channels/channel-fields.ts'
import { channelKinds } from '../../channels/channel-kinds.ts'
import { createChannel } from '../../channels/create-channel.ts'
import { listChannels } from '../../channels/list-channels.ts'
import { removeChannel } from '../../channels/remove-channel.ts'
import { alertKinds } from '../../core/alert-kinds.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, time } from '../wire-fields.ts'

const fields = {
  id,
  name: z.string(),
  kind: z.enum(channelKinds),
  recipients: z.array(z.string()),
  hint: z.string().meta({ description: 'The host of its address' }),
  alert_kinds: z.array(z.enum(alertKinds)).meta({ description: 'Empty: every kind' }),
  created_at: time,
  paused_at: time.nullable(),
}
const channel = z.object(fields).meta({ id: 'AlertChannel' })
const newChannel = z
  .object({
    ...fields,
    signing_secret: z.string().nullable().meta({ description: 'Of a webhook; shown only here' }),
  })
  .meta({ id: 'NewAlertChannel' })

export const channelRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/alert-channels',
    summary: 'List where alerts go',
    permission: 'alerts.read',
    query: pageQuery,
    answer: pageOf(channel),
    handle: async ({ member, query }) => pageOfList(await listChannels(member), query),
  }),
  route({
    method: 'POST',
    path: '/alert-channels',
    summary: 'Create a channel; its address is sealed and never shown again',
    permission: 'channels.change',
    body: z.strictObject({
      name: channelFields.name,
      kind: channelFields.kind,
      recipients: channelFields.recipients.optional(),
      url: channelFields.url.optional(),
      secret: channelFields.secret.optional(),
      alert_kinds: channelFields.alertKinds.optional(),
    }),
    status: 201,
    answer: newChannel,
    handle: ({ member, body }) => createChannel(member, body),
  }),
  route({
    method: 'PATCH',
    path: '/alert-channels/{id}',
    summary: 'Change a channel: its name, its address, what goes there, or whether it is paused',
    permission: 'channels.change',
    body: z.strictObject({
      name: channelFields.name.optional(),
      alert_kinds: channelFields.alertKinds.optional(),
      recipients: channelFields.recipients.optional(),
      url: channelFields.url.optional(),
      secret: channelFields.secret.optional(),
      paused: z.boolean().optional(),
    }),
    answer: channel,
    handle: ({ member, id, body }) => changeChannel(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/alert-channels/{id}',
    summary: 'Remove a channel',
    permission: 'channels.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await removeChannel(member, id)
      return { id, deleted: true }
    },
  }),
  route({
    method: 'POST',
    path: '/alert-channels/{id}/test',
    summary: 'Send a test to a channel, now',
    permission: 'channels.change',
    answer: z.object({ ok: z.boolean(), problem: z.string().nullable() }).meta({ id: 'ChannelTest' }),
    handle: ({ member, id }) => testChannel(member, id),
  }),
]
