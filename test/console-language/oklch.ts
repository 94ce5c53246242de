/** Linear sRGB, each channel 0 to 1. */
export type Color = readonly [number, number, number]

type Matrix = readonly [Color, Color, Color]

/** Machado, Oliveira and Fernandes (2009), whole deficiency. */
export const visions: Record<string, Matrix> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const labToCone: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
]
const coneToRgb: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
]
const rgbToCone: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const coneToLab: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]

export function fromOklch(lightness: number, chroma: number, hue: number): Color {
  const radians = (hue * Math.PI) / 180
  const lab: Color = [lightness, chroma * Math.cos(radians), chroma * Math.sin(radians)]
  const cones = times(labToCone, lab).map((value) => value ** 3) as unknown as Color
  return times(coneToRgb, cones).map((value) => Math.min(1, Math.max(0, value))) as unknown as Color
}

/** The contrast ratio of WCAG 2. */
export function contrastOf(a: Color, b: Color): number {
  const [low, high] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Distance in OKLab as somebody with this vision sees it; 0.02 is about the least that one notices. */
export function distanceOf(a: Color, b: Color, vision: Matrix): number {
  const [first, second] = [a, b].map((color) => toLab(times(vision, color))) as [Color, Color]
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2])
}

function toLab(color: Color): Color {
  const inside = color.map((value) => Math.min(1, Math.max(0, value))) as unknown as Color
  return times(coneToLab, times(rgbToCone, inside).map(Math.cbrt) as unknown as Color)
}

function luminanceOf([red, green, blue]: Color): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function times(matrix: Matrix, [x, y, z]: Color): Color {
  return matrix.map((row) => row[0] * x + row[1] * y + row[2] * z) as unknown as Color
}
