export interface AwsKeys {
  accessKeyId: string
  secretAccessKey: string
  /** Of credentials that end by themselves. */
  sessionToken?: string
}

/** The access key that is kept as `id:secret`, or `id:secret:session token`; null: it is an API key of Bedrock's. */
export function awsKeysOf(credential: string): AwsKeys | null {
  const found = /^([^:]+):([^:]+)(?::([^:]+))?$/.exec(credential)
  if (!found?.[1] || !found[2] || !isAccessKeyId(found[1])) return null
  return { accessKeyId: found[1], secretAccessKey: found[2], ...(found[3] && { sessionToken: found[3] }) }
}

/** Of a user or of a role. */
export function isAccessKeyId(text: string): boolean {
  return /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(text)
}
