/** Bytes that an index may have which is fetched: ten times the largest one known. */
export const MAX_FETCHED_INDEX_SIZE = 256 * 1024 * 1024;

/**
 * A URL of an index as Helm resolves it (ResolveReferenceURL in pkg/repo/v1/chartrepo.go): below the
 * repository, whose query goes along.
 * @param repository the URL that the index is right below.
 * @returns null where one of the two is no URL.
 */
export function resolveInRepository(reference: string, repository: string): URL | null {
  if (URL.canParse(reference)) return new URL(reference);
  const base = URL.parse(repository);
  if (base === null) return null;
  base.pathname = `${base.pathname.replace(/\/$/, '')}/`;
  const url = URL.parse(reference, base.href);
  if (url !== null) url.search = base.search;
  return url;
}
