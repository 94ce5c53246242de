import { z } from 'zod'
import { passwordLength } from '../core/password.ts'

/** As it is stored and looked up: lower-case. */
export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email())

export const newPasswordSchema = z.string().min(passwordLength.min).max(passwordLength.max)
