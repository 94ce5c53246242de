/** A student of the demo lab: how they work shows in the charts. */
export interface Person {
  name: string
  email: string
  /** What the key is for. */
  key: string
  project: 'data group' | 'core R&D'
  /** Requests on an ordinary working day. */
  requestsADay: number
  /** Typical tokens in and out. */
  inputTokens: number
  outputTokens: number
  /** A month. The first of these never spends it in three weeks: the printed call uses that key. */
  capUsd: string | null
}

export const people: readonly Person[] = [
  {
    name: 'Chen Yu',
    email: 'chen.yu@lab.example',
    key: 'chen-yu labelling',
    project: 'data group',
    requestsADay: 310,
    inputTokens: 7800,
    outputTokens: 800,
    capUsd: '60',
  },
  {
    name: 'Wang Lin',
    email: 'wang.lin@lab.example',
    key: 'wang-lin cleaning',
    project: 'data group',
    requestsADay: 220,
    inputTokens: 9300,
    outputTokens: 1000,
    capUsd: '24',
  },
  {
    name: 'Zhao Min',
    email: 'zhao.min@lab.example',
    key: 'zhao-min dedup',
    project: 'data group',
    requestsADay: 140,
    inputTokens: 12600,
    outputTokens: 450,
    capUsd: '60',
  },
  {
    name: 'Liu Fang',
    email: 'liu.fang@lab.example',
    key: 'liu-fang survey',
    project: 'data group',
    requestsADay: 60,
    inputTokens: 4500,
    outputTokens: 1750,
    capUsd: '12',
  },
  {
    name: 'Sun Hao',
    email: 'sun.hao@lab.example',
    key: 'sun-hao translation',
    project: 'data group',
    requestsADay: 90,
    inputTokens: 2700,
    outputTokens: 2250,
    capUsd: '40',
  },
  {
    name: 'Li Wei',
    email: 'li.wei@lab.example',
    key: 'li-wei agents',
    project: 'core R&D',
    requestsADay: 120,
    inputTokens: 15600,
    outputTokens: 2250,
    capUsd: '150',
  },
  {
    name: 'Zhang Xin',
    email: 'zhang.xin@lab.example',
    key: 'zhang-xin eval',
    project: 'core R&D',
    requestsADay: 180,
    inputTokens: 6300,
    outputTokens: 875,
    capUsd: '120',
  },
  {
    name: 'Anna Keller',
    email: 'anna.keller@lab.example',
    key: 'anna-keller reasoning',
    project: 'core R&D',
    requestsADay: 70,
    inputTokens: 10800,
    outputTokens: 4500,
    capUsd: '200',
  },
  {
    name: 'Huang Jie',
    email: 'huang.jie@lab.example',
    key: 'huang-jie code',
    project: 'core R&D',
    requestsADay: 95,
    inputTokens: 12300,
    outputTokens: 1750,
    capUsd: null,
  },
  {
    name: 'Gao Rui',
    email: 'gao.rui@lab.example',
    key: 'gao-rui thesis',
    project: 'core R&D',
    requestsADay: 25,
    inputTokens: 5400,
    outputTokens: 2750,
    capUsd: '20',
  },
]
