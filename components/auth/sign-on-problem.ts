/** Why an issuer's word did not let somebody in. */
export type SignOnProblem = 'unverified' | 'domain' | 'unknown' | 'connect' | 'other' | 'failed'
