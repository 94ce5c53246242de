import { prisma } from '../db/prisma.ts'

/** Whether a person proves more than a password at sign-in. */
export async function hasSecondFactor(userId: string): Promise<boolean> {
  const [row] = await prisma().$queryRaw<{ has: boolean }[]>`SELECT has_second_factor(${userId}::uuid) AS has`
  return row?.has ?? false
}
