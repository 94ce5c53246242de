export const setupSteps = ['provider', 'model', 'project', 'key', 'call'] as const

export type SetupStep = (typeof setupSteps)[number]
