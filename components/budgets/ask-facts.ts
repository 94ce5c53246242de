/** What somebody asks for, as pages show it. Amounts are decimal USD, moments ISO 8601. */
export interface AskFacts {
  id: string
  key: { id: string; name: string }
  projectName: string
  memberName: string | null
  amountUsd: string
  purpose: string
  status: 'open' | 'approved' | 'declined'
  createdAt: string
  decidedAt: string | null
  decidedBy: string | null
  note: string | null
  grantedUsd: string | null
  until: string | null
}
