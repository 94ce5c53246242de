'use client'

import { Download, FileUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, useId, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { buttonStyle } from '../ui/button-style.ts'
import { cn } from '../ui/cn.ts'
import { Field } from '../ui/field.tsx'
import { Textarea } from '../ui/textarea.tsx'

interface ClassListProps {
  csv: string
  onChange: (csv: string) => void
}

const example = 'name,email,cap\nAda Lovelace,ada@example.edu,10\n林清,lin@example.edu,'

/** All columns that there are. The mark at its beginning is what spreadsheets know the letters by. */
const template =
  '\uFEFFname,email,cap,project,models,expires\nAda Lovelace,ada@example.edu,10,,,\n林清,lin@example.edu,,,,\n'

/** The list as it is typed, pasted, chosen or dropped. */
export function ClassList({ csv, onChange }: ClassListProps) {
  const t = useTranslations('members.import')
  const fileId = useId()
  const file = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = async (given: File | undefined) => {
    if (given) onChange(await given.text())
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
      <Field label={t('csv')} hint={t('csvHint')} required>
        <Textarea
          mono
          rows={8}
          className="max-h-96 min-h-48"
          spellCheck={false}
          placeholder={example}
          value={csv}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={file}
          id={fileId}
          type="file"
          accept=".csv,text/csv,text/plain"
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
          {t('file')}
        </Button>
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
          download="class.csv"
          className={buttonStyle({ variant: 'ghost' })}
        >
          <Download />
          {t('template')}
        </a>
        <span className="text-muted text-xs max-sm:hidden">{t('drop')}</span>
      </div>
    </div>
  )
}
