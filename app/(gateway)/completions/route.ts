import { answerGateway } from '../../v1/answer-gateway.ts'

export const dynamic = 'force-dynamic'
export const runtime = 'nodejs'

export {
  answerGateway as DELETE,
  answerGateway as GET,
  answerGateway as PATCH,
  answerGateway as POST,
  answerGateway as PUT,
}
