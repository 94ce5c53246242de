import { hash } from '@node-rs/argon2'

/** An argon2id hash that carries its own salt and parameters (19 MiB, two passes: the library's default). */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}
