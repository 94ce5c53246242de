/** Browsers keep no cookie longer. How long a session lasts is for its row to say. */
export const cookieLifetimeSeconds = 400 * 24 * 60 * 60

/** Over https the name's prefix binds the cookie to this host and to encrypted connections. */
export function sessionCookie(secure: boolean) {
  return {
    name: secure ? '__Host-stipend_session' : 'stipend_session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const
}
