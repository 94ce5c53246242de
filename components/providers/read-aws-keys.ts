import { type AwsKeys, awsKeysOf } from '#lib/core/aws-credential.ts'

/**
 * The access key in what AWS gives for copying: its lines for a shell or a credentials file, its CSV, or the parts with
 * colons between. Null: it is one part alone, or something else.
 */
export function readAwsKeys(text: string): AwsKeys | null {
  const whole = awsKeysOf(text.trim())
  if (whole) return whole
  const [accessKeyId] = /\bA[KS]IA[A-Z0-9]{12,28}\b/.exec(text) ?? []
  const [secretAccessKey] = /(?<![\w/+])[\w/+]{40}(?![\w/+=])/.exec(text) ?? []
  if (!accessKeyId || !secretAccessKey) return null
  const [sessionToken] = /(?<![\w/+])[\w/+]{60,}={0,2}/.exec(text) ?? []
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}
