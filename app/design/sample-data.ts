import type { SpendBucket, SpendSeries } from '#components/charts/spend-series.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** A Monday at midnight in Shanghai. */
const startMs = Date.parse('2026-11-01T16:00:00Z')

const models = [
  { id: 'gpt-4o', weight: 9 },
  { id: 'claude-sonnet-4-5', weight: 7.2 },
  { id: 'gemini-2.5-pro', weight: 5 },
  { id: 'deepseek-v3.2', weight: 3.1 },
  { id: 'qwen3-max', weight: 2.4 },
  { id: 'gpt-3.5-turbo', weight: 1.7 },
  { id: 'text-embedding-3-large', weight: 1.1 },
  { id: 'kimi-k2', weight: 0.8 },
  { id: 'other', weight: 0.5 },
]

/** The same figures at every reload: a wave for the week, and a ripple so that no two bars are alike. */
function amountNanosAt(weight: number, seriesIndex: number, bucketIndex: number, perWeek: number): bigint {
  const wave = 0.65 + 0.35 * Math.sin((bucketIndex / perWeek) * 2 * Math.PI + seriesIndex * 0.7)
  const ripple = 0.7 + 0.3 * Math.abs(Math.sin(bucketIndex * 12.9898 + seriesIndex * 78.233))
  return BigInt(Math.round(weight * wave * ripple * 1_000_000)) * 1000n
}

function toUsd(nanos: bigint): string {
  return `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`
}

export interface SampleChart {
  series: SpendSeries[]
  buckets: SpendBucket[]
  total: string
}

export function sampleChart(interval: 'hour' | 'day', count: number, otherLabel: string): SampleChart {
  const stepMs = interval === 'hour' ? hourMs : dayMs
  const perWeek = interval === 'hour' ? 24 : 7
  const rows = Array.from({ length: count }, (_, index) =>
    models.map((model, series) => amountNanosAt(model.weight, series, index, perWeek)),
  )
  const totals = models.map((_, series) => rows.reduce((sum, row) => sum + (row[series] ?? 0n), 0n))
  return {
    series: models.map((model, series) => ({
      id: model.id,
      label: model.id === 'other' ? otherLabel : model.id,
      total: toUsd(totals[series] ?? 0n),
    })),
    buckets: rows.map((row, index) => ({
      at: new Date(startMs + index * stepMs).toISOString(),
      amounts: Object.fromEntries(models.map((model, series) => [model.id, toUsd(row[series] ?? 0n)])),
    })),
    total: toUsd(totals.reduce((sum, total) => sum + total, 0n)),
  }
}

export const sampleTrend = [4, 6, 5, 8, 7, 9, 12, 10, 11, 14, 13, 17]

export const sampleSnippets = [
  {
    label: 'curl',
    code: `curl https://stipend.example.edu/v1/chat/completions \\
  -H "Authorization: Bearer $STIPEND_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}'`,
  },
  {
    label: 'Python',
    code: `from openai import OpenAI

client = OpenAI(base_url="https://stipend.example.edu/v1")
reply = client.chat.completions.create(
    model="gpt-4o",
    messages=[{"role": "user", "content": "Hello"}],
)
print(reply.choices[0].message.content)`,
  },
  {
    label: 'Node',
    code: `import OpenAI from 'openai'

const client = new OpenAI({ baseURL: 'https://stipend.example.edu/v1' })`,
  },
] as const
