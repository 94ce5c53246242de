import { environment } from '../environment.ts'

/** Whether this installation can send mail at all. */
export function canSendMail(): boolean {
  return environment().SMTP_URL !== undefined
}
