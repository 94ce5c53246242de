export type KeyFileFault = 'json' | 'oauth' | 'user' | 'type' | 'missing' | 'privateKey'

/** What a key file says of itself. */
export interface KeyFile {
  /** Null: all is there that is needed. */
  fault: KeyFileFault | null
  /** What it does not say and must. */
  missing: readonly KeyFileField[]
  email: string | null
  project: string | null
  keyId: string | null
}

const needed = ['client_email', 'private_key'] as const

export type KeyFileField = (typeof needed)[number]

const nothing: KeyFile = { fault: null, missing: [], email: null, project: null, keyId: null }

/**
 * Reads the key file of a Google service account as its owner pasted it. It says what is wrong with it while that can
 * still be mended; whether the key can sign is found out by who seals it.
 */
export function readKeyFile(text: string): KeyFile {
  const file = parse(text)
  if (!file) return { ...nothing, fault: 'json' }
  // What else Google lets people download, and what they take for it.
  if ('installed' in file || 'web' in file) return { ...nothing, fault: 'oauth' }
  const told: KeyFile = {
    ...nothing,
    email: textOf(file.client_email),
    project: textOf(file.project_id),
    keyId: textOf(file.private_key_id),
  }
  if (file.type === 'authorized_user') return { ...told, fault: 'user' }
  if (file.type !== 'service_account') return { ...told, fault: 'type' }
  const missing = needed.filter((field) => textOf(file[field]) === null)
  if (missing.length > 0) return { ...told, fault: 'missing', missing }
  const isWhole = /^-----BEGIN (?:RSA )?PRIVATE KEY-----\s[\sA-Za-z0-9+/=]{100,}-----END (?:RSA )?PRIVATE KEY-----\s*$/
  return isWhole.test(String(file.private_key)) ? told : { ...told, fault: 'privateKey' }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
