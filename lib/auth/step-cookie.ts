export const stepLifetimeSeconds = 10 * 60

/** Names who gave the right password and still owes the second factor; worth nothing without it. */
export function stepCookie(secure: boolean) {
  return {
    name: secure ? '__Host-stipend_step' : 'stipend_step',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: stepLifetimeSeconds },
  } as const
}
