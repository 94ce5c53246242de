export interface ComboboxOption {
  value: string
  label: string
  /** Second line, searched too. */
  description?: string
  /** Heading that it stands under. */
  group?: string
  disabled?: boolean
}
