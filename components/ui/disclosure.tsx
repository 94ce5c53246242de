import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** Something that opens where it stands; works before any script has come. */
export function Disclosure({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="group border-t last:border-b">
      <summary className="flex h-11 cursor-pointer list-none items-center gap-2 text-sm hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 text-muted transition-transform group-open:rotate-90" />
        {title}
      </summary>
      <div className="pb-5">{children}</div>
    </details>
  )
}
