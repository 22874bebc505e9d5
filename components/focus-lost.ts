/** Whether what had the focus was taken away: none has it but the page. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
