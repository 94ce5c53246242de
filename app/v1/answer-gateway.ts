import { fetchMount } from '#proxy/mounts/fetch.ts'
import { sharedGateway } from '#server/shared-gateway.ts'

/** The gateway where Next answers its paths: serverless hosts and `next dev`. `npm start` never comes here. */
export async function answerGateway(request: Request): Promise<Response> {
  const { gateway } = await sharedGateway()
  return await fetchMount(gateway)(request)
}
