import type { Route } from './route.ts'
import { alertRoutes } from './routes/alerts.ts'
import { askRoutes } from './routes/asks.ts'
import { auditRoutes } from './routes/audit.ts'
import { budgetRoutes } from './routes/budgets.ts'
import { channelRoutes } from './routes/channels.ts'
import { healthRoutes } from './routes/health.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { keyRoutes } from './routes/keys.ts'
import { ledgerRoutes } from './routes/ledger.ts'
import { memberRoutes } from './routes/members.ts'
import { modelRoutes } from './routes/models.ts'
import { organizationRoutes } from './routes/organization.ts'
import { priceRoutes } from './routes/prices.ts'
import { projectRoutes } from './routes/projects.ts'
import { providerRoutes } from './routes/providers.ts'
import { reRatingRoutes } from './routes/re-ratings.ts'
import { requestRoutes } from './routes/requests.ts'
import { usageRoutes } from './routes/usage.ts'

/** Every call of the management API. */
export const routeTable: Route[] = [
  ...providerRoutes,
  ...healthRoutes,
  ...modelRoutes,
  ...priceRoutes,
  ...reRatingRoutes,
  ...projectRoutes,
  ...keyRoutes,
  ...budgetRoutes,
  ...askRoutes,
  ...memberRoutes,
  ...invitationRoutes,
  ...requestRoutes,
  ...usageRoutes,
  ...ledgerRoutes,
  ...alertRoutes,
  ...channelRoutes,
  ...auditRoutes,
  ...organizationRoutes,
]
