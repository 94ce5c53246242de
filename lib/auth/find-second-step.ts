import { cookies, headers } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { idSchema } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'
import { prisma } from '../db/prisma.ts'
import { isSecureRequest } from './is-secure-request.ts'
import { sessionSecret } from './session-secret.ts'
import { stepCookie } from './step-cookie.ts'

export interface SecondStep {
  id: string
  user: { id: string; email: string; locale: string | null }
}

/** Who, in this browser, has proved the password and owes the second factor; null when nobody has, or too long ago. */
export async function findSecondStep(): Promise<SecondStep | null> {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const { name } = stepCookie(isSecureRequest(head.get('x-forwarded-proto')))
  const token = await decode({ token: jar.get(name)?.value, secret: sessionSecret() }).catch(() => null)
  const { data: id } = idSchema.safeParse(token?.stepId)
  if (id === undefined) return null
  const step = await prisma().signInChallenge.findFirst({
    where: { id, kind: 'second_step', expiresAt: { gt: new Date() } },
  })
  if (!step?.userId) return null
  const { userId } = step
  const user = await asUser(userId, (tx) =>
    tx.user.findUnique({ where: { id: userId }, select: { id: true, email: true, locale: true } }),
  )
  return user && { id, user }
}
