import { useTranslations } from 'next-intl'
import type { ApiField } from './api-facts.ts'

/** Fields with what they take, those within others set in. */
export function FieldList({ title, fields }: { title?: string; fields: readonly ApiField[] }) {
  const t = useTranslations('reference')
  if (fields.length === 0) return null
  return (
    <div className="grid gap-2">
      {title ? <h3 className="font-medium text-sm">{title}</h3> : null}
      <ul className="grid gap-2.5 text-xs">
        {fields.map((field) => (
          <li key={field.name} className="grid gap-1">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-medium font-mono">{field.name}</code>
              <span className="min-w-0 break-words text-muted">{field.type}</span>
              {field.isRequired ? <span className="text-warning-text">{t('required')}</span> : null}
            </p>
            {field.description ? <p className="text-muted">{field.description}</p> : null}
            {field.fields.length > 0 ? (
              <div className="border-l pl-3">
                <FieldList fields={field.fields} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
