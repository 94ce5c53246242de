import type { ProjectDraft } from '#components/projects/project-draft.ts'
import type { ProjectView } from '#lib/projects/project-view.ts'
import { capDraftsOf } from '../../cap-drafts-of.ts'
import { rateDraftOf } from '../../rate-draft-of.ts'

/** A project as its form shows it. */
export function projectDraftOf(project: ProjectView): ProjectDraft {
  return {
    name: project.name,
    models: project.models ?? [],
    caps: capDraftsOf(project.budgets),
    ...rateDraftOf(project),
  }
}
