import { fetchMount } from '#proxy/mounts/fetch.ts'
import { sharedGateway } from '../shared-gateway.ts'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

/** The gateway where Next answers its paths: serverless hosts and `next dev`. `npm start` never comes here. */
async function answer(request: Request): Promise<Response> {
  const { gateway } = await sharedGateway()
  return await fetchMount(gateway)(request)
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
