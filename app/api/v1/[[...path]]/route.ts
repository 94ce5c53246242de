import { answerApiRequest } from '#lib/api/answer-api-request.ts'

export const dynamic = 'force-dynamic'

// Every method, so that those which a path does not take are refused in the API's own words.
export {
  answerApiRequest as DELETE,
  answerApiRequest as GET,
  answerApiRequest as HEAD,
  answerApiRequest as OPTIONS,
  answerApiRequest as PATCH,
  answerApiRequest as POST,
  answerApiRequest as PUT,
}
