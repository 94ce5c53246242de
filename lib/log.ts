import pino from 'pino'

/** JSON lines on standard error. Anything that could hold a secret is cut out by name, wherever it stands. */
export const log = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    redact: {
      paths: ['authorization', 'secret', 'password', 'apiKey', 'api_key', 'credential', 'cookie'].flatMap((name) => [
        name,
        `*.${name}`,
        `*.*.${name}`,
      ]),
      censor: '[redacted]',
    },
  },
  pino.destination({ fd: 2, sync: false }),
)
