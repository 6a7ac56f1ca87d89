/** Text as Helm loads it from Chart.yaml (sanitizeString in pkg/chart/v2/metadata.go): plain spaces, nothing unseen. */
export function sanitise(text: string): string {
  return text
    .replaceAll(/\p{White_Space}/gu, ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '');
}
