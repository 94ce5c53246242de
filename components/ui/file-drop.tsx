'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { cn } from './cn.ts'

interface FileDropProps {
  /** What the dialog of the browser offers, as in `accept` of an input. */
  accept: string
  onText: (text: string) => void
  /** On the button. */
  label: string
  /** Beside it, where there is room: that a file can be dropped too. */
  note: string
  /** Where what is in the file is shown, or can be typed. */
  children: ReactNode
  /** After the button. */
  more?: ReactNode
}

/** More than anything that is read here; the rest of a larger file is left where it is. */
const mostBytes = 5_000_000

/** A text that is typed, pasted, chosen as a file, or dropped. */
export function FileDrop({ accept, onText, label, note, children, more }: FileDropProps) {
  const file = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = async (given: File | undefined) => {
    if (given) onText(await given.slice(0, mostBytes).text())
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut to the button within
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn('grid grid-cols-1 gap-3 rounded-lg', isOver && 'outline-2 outline-accent outline-offset-8')}
    >
      {children}
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={file}
          type="file"
          accept={accept}
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
          onChange={(event) => {
            void take(event.target.files?.[0])
            // The same file again, once it was mended, is a change as well.
            event.target.value = ''
          }}
        />
        <Button onClick={() => file.current?.click()}>
          <FileUp />
          {label}
        </Button>
        {more}
        <span className="text-muted text-xs max-sm:hidden">{note}</span>
      </div>
    </div>
  )
}
