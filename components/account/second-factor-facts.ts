import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import type { ActionResult } from '../action-result.ts'
import type { QrPicture } from '../ui/qr-of.ts'

export interface PasskeyFacts {
  id: string
  name: string
  /** ISO 8601. */
  since: string
  /** ISO 8601. */
  lastUsedAt: string | null
}

export interface SecondFactorFacts {
  /** ISO 8601; null: no authenticator app. */
  totpSince: string | null
  passkeys: readonly PasskeyFacts[]
  /** Recovery codes that are not used. */
  recoveryCodes: number
  /** What is asked for before anything here changes. */
  proof: 'password' | 'password_or_code' | 'code' | 'nothing'
}

/** `proof` is the password or a code; refused with the param "proof". */
export interface SecondFactorActions {
  startTotp: (proof: string) => Promise<ActionResult<{ secret: string; qr: QrPicture }>>
  /** Answers recovery codes where there were none. */
  confirmTotp: (code: string) => Promise<ActionResult<string[] | null>>
  removeTotp: (proof: string) => Promise<ActionResult<null>>
  renewCodes: (proof: string) => Promise<ActionResult<string[]>>
  startPasskey: (
    proof: string,
  ) => Promise<ActionResult<{ challengeId: string; options: PublicKeyCredentialCreationOptionsJSON }>>
  finishPasskey: (answer: {
    challengeId: string
    response: RegistrationResponseJSON
    name: string
  }) => Promise<ActionResult<string[] | null>>
  removePasskey: (id: string, proof: string) => Promise<ActionResult<null>>
}
