import type { z } from 'zod'
import type { SetupState } from '#components/auth/setup-form.tsx'

type Problems = SetupState['problems']

/** What the form says under each field. */
export function setupProblems(error: z.ZodError): Problems {
  const problems: Problems = {}
  for (const { path, code } of error.issues) {
    const field = path[0]
    if (field === 'organization' || field === 'name') {
      problems[field] ??= code === 'too_small' ? 'required' : code === 'too_big' ? 'tooLong' : 'name'
    } else if (field === 'password') {
      problems.password ??= code === 'too_big' ? 'tooLong' : 'passwordShort'
    } else if (field === 'email' || field === 'timeZone') {
      problems[field] ??= field
    } else {
      problems.form ??= 'failed'
    }
  }
  return problems
}
