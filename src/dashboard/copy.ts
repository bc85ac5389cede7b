/**
 * Puts a text on the clipboard. Browsers have one only on https and loopback; elsewhere the old way still works.
 *
 * @param beside what had the focus, and gets it back
 */
export async function copy(text: string, beside: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.className = 'spoken';
    area.value = text;
    beside.after(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    beside.focus();
  }
}
