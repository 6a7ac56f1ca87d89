/** HTML in a description would be HTML in the page; code spans show it as it is. */
export function escapeText(text: string): string {
  return text.replaceAll(
    /(`[^`]*`)|[&<>]/g,
    (part, code: string | undefined) => code ?? escapeHtml(part),
  );
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A table with its columns named in the head. */
export function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
