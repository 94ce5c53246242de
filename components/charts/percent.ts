/** For CSS. `part`: of 1. */
export function percent(part: number): string {
  return `${Number((part * 100).toFixed(3))}%`
}
