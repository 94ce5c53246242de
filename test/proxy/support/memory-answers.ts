import type { Answers, KeptAnswer } from '#proxy/gateway.ts'

/** Remembers kept answers by key. */
export function memoryAnswers(): Answers {
  const answers = new Map<string, KeptAnswer>()
  return {
    async keep({ keyId }, answer) {
      answers.set(`${keyId} ${answer.id}`, answer)
    },
    find: async ({ keyId }, id) => answers.get(`${keyId} ${id}`) ?? null,
    async forget({ keyId }, id) {
      answers.delete(`${keyId} ${id}`)
    },
  }
}
