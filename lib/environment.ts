import { z } from 'zod'

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''))

const domains = z.string().transform((text) =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean),
)

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL'),
  STIPEND_HOME: z.string().min(1).default('./.stipend'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be a redis:// URL')
    .optional(),
  STIPEND_SECRET: z.string().min(32, 'must be at least 32 characters; `openssl rand -base64 32` makes one'),
  PUBLIC_URL: url.optional(),
  STIPEND_ALLOW_PRIVATE_UPSTREAMS: flag.default(false),
  STIPEND_BOOTSTRAP_ORGANIZATION: z.string().min(1).optional(),
  STIPEND_BOOTSTRAP_EMAIL: z.email().optional(),
  STIPEND_BOOTSTRAP_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  STIPEND_BOOTSTRAP_MANAGEMENT_KEY: z
    .string()
    .regex(/^mk-stp-[A-Za-z0-9]{20,}$/, 'must be mk-stp- and at least 20 letters or digits')
    .optional(),
  STIPEND_MAX_BODY_MB: z.coerce.number().min(1).max(1024).default(32),
  STIPEND_BUDGET_WAIT_SECONDS: z.coerce.number().min(0).max(600).default(60),
  STIPEND_UPSTREAM_TIMEOUT_SECONDS: z.coerce.number().min(1).max(3600).default(600),
  STIPEND_DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(0),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must be an smtp:// or smtps:// URL')
    .optional(),
  SMTP_FROM: z.string().min(3).default('Stipend <stipend@localhost>'),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(60).optional(),
  OIDC_ALLOWED_DOMAINS: domains.default([]),
  OIDC_ORGANIZATION: z.string().min(1).optional(),
  OIDC_ROLE: z.enum(['admin', 'lead', 'member', 'viewer']).default('member'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Environment = z.infer<typeof schema>

/** Reads the settings; throws one line that names each wrong variable and what it should be. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(present)
  if (result.success) return whole(result.data)
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')} ${describe(issue.message)}`)
  throw new Error(`The environment is not right: ${faults.join('; ')}.`)
}

/** Settings that mean something only together. */
function whole(settings: Environment): Environment {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ORGANIZATION, OIDC_ALLOWED_DOMAINS } = settings
  if (OIDC_ISSUER && !(OIDC_CLIENT_ID && OIDC_CLIENT_SECRET)) {
    throw new Error('The environment is not right: OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.')
  }
  // Otherwise everybody with an account at a public issuer would become a member.
  if (OIDC_ORGANIZATION && OIDC_ALLOWED_DOMAINS.length === 0) {
    throw new Error('The environment is not right: OIDC_ORGANIZATION needs OIDC_ALLOWED_DOMAINS.')
  }
  return settings
}

function describe(message: string): string {
  if (/received undefined/.test(message)) return 'is required'
  return message.startsWith('must') ? message : `is wrong (${message})`
}

let known: Environment | undefined

/** The settings of this process, read once. */
export function environment(): Environment {
  known ??= readEnvironment(process.env)
  return known
}
