/** The highest first. */
export const roles = ['owner', 'admin', 'lead', 'member', 'viewer'] as const

export type RoleName = (typeof roles)[number]
