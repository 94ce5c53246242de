/** Without use. */
export const sessionLifetimeMs = 30 * 24 * 60 * 60 * 1000

/** A session in use is prolonged at most this often. */
export const sessionRenewalMs = 12 * 60 * 60 * 1000
