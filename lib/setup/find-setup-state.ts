import { prisma } from '../db/prisma.ts'
import { type SetupState, setupStateOf } from './setup-state-of.ts'

/** Whether Stipend is set up, and if not, whether this token opens set-up. */
export async function findSetupState(token: string | null): Promise<SetupState> {
  return setupStateOf(await prisma().installation.findUnique({ where: { id: 1 } }), token)
}
