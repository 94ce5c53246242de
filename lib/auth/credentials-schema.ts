import { z } from 'zod'

/** As it is stored and looked up: lower-case. */
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Length is what makes a password strong; the upper bound keeps hashing cheap. */
export const newPasswordSchema = z.string().min(10).max(256)
