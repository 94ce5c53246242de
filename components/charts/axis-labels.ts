/** How many labels have room beside each other: on a phone, beside others, over a whole page. */
const roomFor = { narrow: 4, middle: 7, wide: 12 }

export interface AxisLabel {
  index: number
  narrow: boolean
  middle: boolean
  wide: boolean
}

/** Which of these places are named at which width, always evenly apart. */
export function axisLabels(places: readonly number[]): readonly AxisLabel[] {
  const every = (room: number) => Math.max(1, Math.ceil(places.length / room))
  return places
    .map((index, at) => ({
      index,
      narrow: at % every(roomFor.narrow) === 0,
      middle: at % every(roomFor.middle) === 0,
      wide: at % every(roomFor.wide) === 0,
    }))
    .filter(({ narrow, middle, wide }) => narrow || middle || wide)
}
