import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import type { ApiField, ApiOperation } from './api-facts.ts'

const toneOfMethod: Record<string, string> = {
  GET: 'text-accent-text',
  POST: 'text-positive-text',
  PATCH: 'text-warning-text',
  DELETE: 'text-danger-text',
}

interface ApiOperationViewProps {
  operation: ApiOperation
  /** Of this server, without a path. */
  origin: string
}

/** One call: closed it is a line, open it has every field and a curl. Works before any script has come. */
export function ApiOperationView({ operation, origin }: ApiOperationViewProps) {
  const t = useTranslations('reference')
  const { method, path, summary, description, parameters, body, answer } = operation
  return (
    <details id={operation.id} className="group scroll-mt-20 border-b">
      <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 text-muted transition-transform group-open:rotate-90" />
        <span className={cn('w-14 font-medium font-mono text-xs', toneOfMethod[method])}>{method}</span>
        <span className="break-all font-mono text-xs">{path}</span>
        <span className="text-muted max-md:w-full max-md:pl-7">{summary}</span>
      </summary>
      <div className="grid min-w-0 grid-cols-1 gap-6 pt-2 pb-6 lg:grid-cols-2 lg:gap-10">
        <div className="grid min-w-0 content-start gap-6">
          <p className="text-muted text-sm">{description}</p>
          <Fields title={t('parameters')} fields={parameters} />
          <Fields title={t('body')} fields={body} />
          <Fields title={t('answer')} fields={answer} />
        </div>
        <CodeBlock
          label={t('example')}
          samples={[{ label: 'curl', code: curlOf(operation, origin) }]}
          className="h-fit"
        />
      </div>
    </details>
  )
}

function Fields({ title, fields }: { title: string; fields: readonly ApiField[] }) {
  if (fields.length === 0) return null
  return (
    <section className="grid gap-2">
      <h3 className="font-medium text-sm">{title}</h3>
      <FieldList fields={fields} />
    </section>
  )
}

function FieldList({ fields }: { fields: readonly ApiField[] }) {
  const t = useTranslations('reference')
  return (
    <ul className="grid gap-2 text-xs">
      {fields.map((field) => (
        <li key={field.name} className="grid gap-1">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-medium font-mono">{field.name}</code>
            <span className="break-words text-muted">{field.type}</span>
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
  )
}

function curlOf({ method, path, body }: ApiOperation, origin: string): string {
  const required = body.filter((field) => field.isRequired)
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"${origin}${path}"`,
    '  -H "Authorization: Bearer $STIPEND_MANAGEMENT_KEY"',
    ...(body.length > 0
      ? [
          '  -H "Content-Type: application/json"',
          `  -d '{${required.map((field) => `"${field.name}": ${exampleOf(field)}`).join(', ')}}'`,
        ]
      : []),
  ]
  return lines.join(' \\\n')
}

function exampleOf({ type }: ApiField): string {
  if (type.endsWith('[]')) return '[]'
  if (type.startsWith('integer') || type.startsWith('number')) return '1'
  if (type.startsWith('boolean')) return 'true'
  if (type.startsWith('object')) return '{}'
  return `"${type.includes(' | ') ? type.split(' | ')[0] : '…'}"`
}
