let buttonId: string | null = null

/** For a menu that has the focus: it is remembered by which button it was opened. */
export function noteMenu(menu: Element): void {
  buttonId = menu.getAttribute('aria-labelledby')
}

/** The button of the menu that had the focus last. */
export function lastMenuButton(): HTMLElement | null {
  return buttonId === null ? null : document.getElementById(buttonId)
}
