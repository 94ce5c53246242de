'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '../ui/button-style.ts'
import { Field } from '../ui/field.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
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
  return (
    <FileDrop
      accept=".csv,text/csv,text/plain"
      onText={onChange}
      label={t('file')}
      note={t('drop')}
      more={
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}
          download="class.csv"
          className={buttonStyle({ variant: 'ghost' })}
        >
          <Download />
          {t('template')}
        </a>
      }
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
    </FileDrop>
  )
}
