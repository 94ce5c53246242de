import { createTailwindMerge, validators } from 'tailwind-merge'

type ClassDefinition = '' | ((value: string) => boolean)

const { isAny, isArbitraryLength, isArbitraryNumber, isNumber } = validators

/** Groups named as their classes begin: of `gap-2` and `gap-4` the later wins. */
function named(names: string, values: ClassDefinition[] = [isAny]) {
  return Object.fromEntries(names.split(' ').map((name) => [name, [{ [name]: values }]]))
}

/** Groups of classes that all begin alike: `items-center`. */
function begun(groups: Record<string, string>) {
  return Object.fromEntries(Object.entries(groups).map(([name, start]) => [name, [{ [start]: [isAny] }]]))
}

/** Groups of whole classes. */
function oneOf(groups: Record<string, string>) {
  return Object.fromEntries(Object.entries(groups).map(([name, classes]) => [name, classes.split(' ')]))
}

const widths = ['', isNumber, isArbitraryLength]

/**
 * Which classes set the same, of those that the console has: all that Tailwind knows would be three times as much for
 * everybody to load. `test/console-language` holds it against all, for every class that is written anywhere.
 */
export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...oneOf({
      display: 'block inline-block inline flex inline-flex table grid inline-grid contents hidden',
      position: 'static fixed absolute relative sticky',
      visibility: 'visible invisible',
      sr: 'sr-only not-sr-only',
      'text-decoration': 'underline line-through no-underline',
      'text-transform': 'uppercase lowercase capitalize normal-case',
      'border-collapse': 'border-collapse border-separate',
      'fvn-spacing': 'proportional-nums tabular-nums',
      'flex-direction': 'flex-row flex-row-reverse flex-col flex-col-reverse',
      'flex-wrap': 'flex-wrap flex-nowrap',
      'text-overflow': 'truncate text-ellipsis text-clip',
      'text-wrap': 'text-wrap text-nowrap text-balance text-pretty',
      'text-alignment': 'text-left text-center text-right',
      'outline-style': 'outline-none outline-solid outline-dashed',
      'font-family': 'font-sans font-mono',
      'list-style-position': 'list-inside list-outside',
    }),
    ...named(
      'inset inset-x inset-y top right bottom left z flex basis grid-cols grid-rows grid-flow auto-cols gap gap-x gap-y p px py pt pr pb pl m mx my mt mr mb ml size w h min-w max-w min-h max-h leading tracking whitespace break overflow overflow-x overflow-y opacity duration ease animate cursor pointer-events select fill line-clamp rotate translate-x translate-y scroll-mt scroll-mb scroll-py touch-pan border-spacing underline-offset outline-offset place-items justify-items justify-self field-sizing forced-color-adjust accent',
    ),
    ...named('shrink grow transition resize shadow rounded rounded-t divide-y @container', ['', isAny]),
    ...begun({
      'align-items': 'items',
      'align-self': 'self',
      'align-content': 'content',
      'justify-content': 'justify',
      'col-start': 'col-start',
      'col-start-end': 'col',
      'table-layout': 'table',
      'vertical-align': 'align',
      'text-decoration-thickness': 'decoration',
      'font-weight': 'font',
      'list-style-type': 'list',
      'divide-color': 'divide',
    }),
    'font-size': [{ text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', isArbitraryLength] }],
    'text-color': [{ text: [isAny] }],
    'bg-color': [{ bg: [isAny] }],
    'stroke-w': [{ stroke: [isNumber, isArbitraryLength, isArbitraryNumber] }],
    'outline-w': [{ outline: widths }],
    'outline-color': [{ outline: [isAny] }],
    'border-w': [{ border: widths }],
    'border-w-x': [{ 'border-x': widths }],
    'border-w-y': [{ 'border-y': widths }],
    'border-w-t': [{ 'border-t': widths }],
    'border-w-r': [{ 'border-r': widths }],
    'border-w-b': [{ 'border-b': widths }],
    'border-w-l': [{ 'border-l': widths }],
    'border-color': [{ border: [isAny] }],
  },
  conflictingClassGroups: {
    overflow: ['overflow-x', 'overflow-y'],
    inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
    'inset-x': ['right', 'left'],
    'inset-y': ['top', 'bottom'],
    flex: ['basis', 'grow', 'shrink'],
    gap: ['gap-x', 'gap-y'],
    p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
    px: ['pr', 'pl'],
    py: ['pt', 'pb'],
    m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
    mx: ['mr', 'ml'],
    my: ['mt', 'mb'],
    size: ['w', 'h'],
    'font-size': ['leading'],
    'line-clamp': ['display', 'overflow'],
    rounded: ['rounded-t'],
    'border-w': ['border-w-x', 'border-w-y', 'border-w-t', 'border-w-r', 'border-w-b', 'border-w-l'],
    'border-w-x': ['border-w-r', 'border-w-l'],
    'border-w-y': ['border-w-t', 'border-w-b'],
  },
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: ['*', '**', 'after', 'before', 'file', 'marker', 'placeholder'],
}))
