/** How the base URL of an account is put together from what its owner knows of it. */
export interface AddressForm {
  fields: readonly PlaceField[]
  /** Those of them that may stay empty. */
  optional?: readonly PlaceField[]
  /** What most accounts say there, to begin with. */
  usual?: Partial<Record<PlaceField, string>>
  /** Places to fill are in braces; the first of which all are filled, and that is for what they are filled with, is meant. */
  templates: readonly AddressTemplate[]
}

export interface AddressTemplate {
  url: string
  when?: Partial<Record<PlaceField, string>>
}

export type PlaceField = 'resource' | 'apiVersion' | 'region' | 'project' | 'location'
