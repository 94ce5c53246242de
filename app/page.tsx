import { formatUsd } from '#lib/core/money.ts'
export default function Page() {
  return <p>{formatUsd(1_500_000_000n)}</p>
}
