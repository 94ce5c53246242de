'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

export interface Crumb {
  label: string
  /** Without one it is where we are. */
  href?: string
}

const TrailContext = createContext<readonly Crumb[]>([])
const SetTrailContext = createContext<(trail: readonly Crumb[]) => void>(() => undefined)

export function PageTrailProvider({ children }: { children: ReactNode }) {
  const [trail, setTrail] = useState<readonly Crumb[]>([])
  return (
    <SetTrailContext value={setTrail}>
      <TrailContext value={trail}>{children}</TrailContext>
    </SetTrailContext>
  )
}

export function usePageTrail(): readonly Crumb[] {
  return useContext(TrailContext)
}

/**
 * Rendered by a page below a section: adds itself to the breadcrumbs, after the section that the
 * sidebar knows. The page of a key renders `<PageTrail crumbs={[{ label: key.name }]} />`.
 */
export function PageTrail({ crumbs }: { crumbs: readonly Crumb[] }) {
  const setTrail = useContext(SetTrailContext)
  const written = JSON.stringify(crumbs)
  useEffect(() => {
    setTrail(JSON.parse(written))
    return () => setTrail([])
  }, [setTrail, written])
  return null
}
