/** How long a budget's limit lasts before it starts anew. Starts and ends are the database's to say. */
export const periods = ['total', 'day', 'week', 'month'] as const

export type Period = (typeof periods)[number]

export const budgetScopes = ['organization', 'project', 'member', 'key'] as const

export type BudgetScope = (typeof budgetScopes)[number]
