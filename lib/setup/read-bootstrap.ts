import type { Environment } from '../environment.ts'

export interface Bootstrap {
  organization: string
  email: string
  password: string | null
  managementKey: string | null
}

/** The headless set-up that the environment asks for; null when it asks for none, and an error when it says half. */
export function readBootstrap(environment: Environment): Bootstrap | null {
  const {
    STIPEND_BOOTSTRAP_ORGANIZATION: organization,
    STIPEND_BOOTSTRAP_EMAIL: email,
    STIPEND_BOOTSTRAP_PASSWORD: password = null,
    STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey = null,
  } = environment
  if (!organization && !email && !password && !managementKey) return null
  if (organization && email) return { organization, email: email.toLowerCase(), password, managementKey }
  const missing = organization ? 'STIPEND_BOOTSTRAP_EMAIL' : 'STIPEND_BOOTSTRAP_ORGANIZATION'
  throw new Error(`The environment is not right: ${missing} is required beside the other STIPEND_BOOTSTRAP_ settings.`)
}
