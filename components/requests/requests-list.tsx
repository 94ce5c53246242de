'use client'

import { useSearchParam } from '../ui/use-search-param.ts'
import type { RequestFacts } from './request-facts.ts'
import { RequestSheet } from './request-sheet.tsx'
import { RequestsTable } from './requests-table.tsx'

interface RequestsListProps {
  requests: readonly RequestFacts[]
  /** What the URL names beyond this page of the list; null: there is no such thing. */
  linked: RequestFacts | null
  /** Where the pages of keys are; null for who may not see them. */
  keysHref: string | null
  helpHref: string
}

/** The page of the list, and in the `request` parameter of the URL the one that is open. */
export function RequestsList({ requests, linked, keysHref, helpHref }: RequestsListProps) {
  const [openId, setOpenId] = useSearchParam('request')
  const position = requests.findIndex(({ id }) => id === openId)
  const request = requests[position] ?? (linked?.id === openId ? linked : null)
  const opener = (target: RequestFacts | undefined) => (target ? () => setOpenId(target.id) : null)
  return (
    <>
      {requests.length > 0 ? <RequestsTable requests={requests} openId={openId} onOpen={setOpenId} /> : null}
      <RequestSheet
        isOpen={openId !== null}
        request={request}
        keyHref={keysHref && request ? `${keysHref}/${request.key.id}` : null}
        helpHref={helpHref}
        onNewer={position > 0 ? opener(requests[position - 1]) : null}
        onOlder={position >= 0 ? opener(requests[position + 1]) : null}
        onClose={() => setOpenId(null)}
      />
    </>
  )
}
