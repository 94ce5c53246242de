import { createHmac } from 'node:crypto'
import type { Received } from './receivers.ts'

/** What a receiver of ours or of a vendor understood of a call; it throws what it has against it. */
interface Understood {
  /** Its words, or the event of a webhook as JSON. */
  text: string
  /** By which a program knows a message that it had already; robots of chats have none. */
  id: string | null
}

interface Robot {
  read(call: Received, secret: string): Understood
  /** As the vendor says that it took the message, and that it did not. */
  taken: string
  refused(reason: string): { status: number; body: string }
}

const freshMs = 3_600_000
const wecomMostBytes = 4_096

/**
 * The receivers of alerts as their documentation has them: each checks form, size, age and signature of what it gets, and
 * refuses in its own way what is not as it must be.
 */
export const strictRobots = {
  webhook: {
    read({ headers, body }, secret) {
      const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature } = headers
      checkAge(Number(seconds) * 1_000)
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      check(signature === `v1,${hmac(key, `${id}.${seconds}.${body}`)}`, 'the signature is another')
      return { text: body, id: String(id) }
    },
    taken: '',
    refused: (reason) => ({ status: 401, body: reason }),
  },
  // An incoming webhook has its secret in the address; text with three escapes; "ok" or a status and a word.
  slack: {
    read({ path, body }, secret) {
      check(path.endsWith(`/${secret}`), 'no_service')
      const { text, ...more } = JSON.parse(body)
      check(typeof text === 'string' && text !== '' && Object.keys(more).length === 0, 'invalid_payload')
      check(!/<(?!https?:)/.test(text), 'invalid_markup')
      return { text, id: null }
    },
    taken: 'ok',
    refused: (reason) => ({ status: 403, body: reason }),
  },
  // A custom bot: "<seconds>\n<secret>" is the key, and nothing is what it signs.
  feishu: {
    read({ body }, secret) {
      const { timestamp, sign, msg_type: type, content } = JSON.parse(body)
      check(typeof timestamp === 'string' && /^\d{10}$/.test(timestamp), 'param invalid: timestamp')
      checkAge(Number(timestamp) * 1_000)
      check(
        sign === hmac(`${timestamp}\n${secret}`, ''),
        'sign match fail or timestamp is not within one hour from current time',
      )
      check(type === 'text' && typeof content.text === 'string', 'param invalid: msg_type')
      return { text: content.text, id: null }
    },
    taken: '{"code":0,"data":{},"msg":"success","StatusCode":0,"StatusMessage":"success"}',
    refused: (msg) => ({ status: 200, body: JSON.stringify({ code: 19021, data: {}, msg }) }),
  },
  // A custom robot: milliseconds and the signature of "<milliseconds>\n<secret>" stand in the address.
  dingtalk: {
    read({ path, body }, secret) {
      const query = new URL(path, 'http://robot').searchParams
      const timestamp = query.get('timestamp') ?? ''
      check(query.get('access_token') === 'token', 'token is not exist')
      check(/^\d{13}$/.test(timestamp), 'invalid timestamp')
      checkAge(Number(timestamp))
      check(query.get('sign') === hmac(secret, `${timestamp}\n${secret}`), 'sign not match')
      const { msgtype, markdown } = JSON.parse(body)
      check(msgtype === 'markdown' && markdown.title !== '' && markdown.text !== '', 'miss param : text/title')
      return { text: markdown.text, id: null }
    },
    taken: '{"errcode":0,"errmsg":"ok"}',
    refused: (errmsg) => ({ status: 200, body: JSON.stringify({ errcode: 310000, errmsg }) }),
  },
  // A group robot signs nothing: its key stands in the address. 4,096 bytes of Markdown at most.
  wecom: {
    read({ path, body }, secret) {
      check(new URL(path, 'http://robot').searchParams.get('key') === secret, 'invalid webhook url')
      const { msgtype, markdown } = JSON.parse(body)
      check(msgtype === 'markdown' && typeof markdown.content === 'string', 'invalid message type')
      check(Buffer.byteLength(markdown.content) <= wecomMostBytes, 'markdown.content exceed max length 4096')
      return { text: markdown.content, id: null }
    },
    taken: '{"errcode":0,"errmsg":"ok"}',
    refused: (errmsg) => ({ status: 200, body: JSON.stringify({ errcode: 93000, errmsg }) }),
  },
} satisfies Record<string, Robot>

export type RobotKind = keyof typeof strictRobots

function hmac(key: string | Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}

function checkAge(sentMs: number): void {
  check(Math.abs(Date.now() - sentMs) < freshMs, 'the timestamp is too old')
}

function check(holds: boolean, reason: string): void {
  if (!holds) throw new Error(reason)
}
