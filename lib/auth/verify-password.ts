import { randomUUID } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { hashPassword } from './hash-password.ts'

let decoy: Promise<string> | undefined

/** Whether this is the password. Where there is none to compare with, a decoy costs the same time. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  // Before it is needed, so that the first unknown address does not take longer than the next.
  decoy ??= hashPassword(randomUUID())
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== null && matches
}
