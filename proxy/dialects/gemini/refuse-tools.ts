import { asRecord } from '../../json/as-record.ts'
import { malformed } from '../../json/malformed.ts'
import { listOf } from '../../json/read-value.ts'
import { refuseChoice } from '../refuse-choice.ts'
import { field, spellingOf } from './fields.ts'
import type { GenerateBody } from './generate-schema.ts'

/** Functions have names and schemas, and who has to be called is one of them. */
export function refuseTools(body: GenerateBody): void {
  const names = listOf(body.tools).flatMap((tool, at) => {
    const spelling = spellingOf(asRecord(tool), 'functionDeclarations')
    return listOf(field(asRecord(tool), 'functionDeclarations')).map((one, index) =>
      nameOf(asRecord(one), `tools.${at}.${spelling}.${index}`),
    )
  })
  const choice = asRecord(field(asRecord(field(body, 'toolConfig')), 'functionCallingConfig'))
  if (String(choice.mode).toUpperCase() !== 'ANY') return
  const path = 'toolConfig.functionCallingConfig'
  refuseChoice({ path: `${path}.mode` }, names)
  refuseChoice({ path: `${path}.allowedFunctionNames`, names: listOf(field(choice, 'allowedFunctionNames')) }, names)
}

function nameOf(described: Readonly<Record<string, unknown>>, path: string): string {
  const { name } = described
  if (typeof name !== 'string' || name === '') throw malformed(`${path}.name`, 'must name the function')
  for (const spelling of ['parameters', 'parametersJsonSchema', 'parameters_json_schema']) {
    const schema = described[spelling]
    if (schema != null && (typeof schema !== 'object' || Array.isArray(schema)))
      throw malformed(`${path}.${spelling}`, 'must be a schema')
  }
  return name
}
