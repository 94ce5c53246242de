import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { testConnection } from '#lib/providers/test-connection.ts'

interface Context {
  params: Promise<{ organization: string; provider: string }>
}

/**
 * What a saved provider offers just now; `ids` null: it did not say. No action, for actions wait for each other and a
 * vendor may be slow.
 */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { organization, provider } = await params
  const member = await currentMember(organization)
  try {
    const { ok, models } = await testConnection(member, { providerId: provider })
    return Response.json({ ids: ok ? models.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })) : null })
  } catch (error) {
    if (error instanceof StipendError) return Response.json({ ids: null }, { status: error.status })
    throw error
  }
}
