/** The library behind the command line: each stage from the sources of charts to a repository. */
export { ERROR_CODES, UserError } from './errors.ts';
export type { ErrorCode, Problem } from './errors.ts';
export type { Progress } from './progress.ts';

// charts-src → ChartModel → files
export { loadCatalog, resolveCharts } from './model/index.ts';
export type { Catalog } from './model/catalog.ts';
export type { SchemaNode } from './model/schema-node.ts';
export type { ChartModel, Json } from './model/types.ts';
export { emitChart } from './emit/chart.ts';
export { generateCharts } from './generate.ts';

// files → dist/charts
export { apply, diff, differences, plan, refuseForeignFiles } from './fileset/index.ts';
export type { ChartPlan, Charts, FileSet, PlanOptions } from './fileset/index.ts';

// dist/charts → findings
export { chartImages } from './images.ts';
export { lintCharts } from './lint/lint.ts';
export type { LintOptions, LintReport } from './lint/lint.ts';
export type { Finding } from './lint/finding.ts';
export { testCharts } from './helm/unit-tests.ts';
export type { ChartTests } from './helm/unit-tests.ts';

// dist/charts → archives
export { packChart } from './archive/pack.ts';
export { readArchive, readArchiveFile } from './archive/read.ts';
export { readArchives } from './archive/read-archives.ts';
export { updateDependencies } from './dependencies/update.ts';
export { createSigner, signArchives } from './provenance/sign.ts';
export { verifyFiles } from './provenance/verify-files.ts';
export type { Signature, Signer } from './provenance/types.ts';
export type { ArchiveInfo, ChartArchive } from './archive/archive.ts';
export type { ChartMetadata } from './archive/metadata.ts';

// archives → dist/repository
export { DirectoryStore } from './repository/directory/directory-store.ts';
export type { DirectoryStoreOptions } from './repository/directory/directory-store.ts';
export type { PlannedArchive, PublishPlan, Store } from './repository/store.ts';
export { indexDirectory } from './repository/directory/index-directory.ts';
export type { IndexDirectoryOptions } from './repository/directory/index-directory.ts';
export type { IndexDirectoryResult } from './repository/directory/index-result.ts';
export { emptyIndex, readIndex } from './repository/index-file/document.ts';
export { editIndex } from './repository/index-file/edit.ts';
export { createEntry, findEntries } from './repository/index-file/entry.ts';
export { mergeEdits } from './repository/index-file/merge.ts';
export type * from './repository/index-file/types.ts';
export { openRepository } from './repository/care/verify/open.ts';
export { verifyRepository } from './repository/care/verify/verify.ts';
export { prune } from './repository/care/prune.ts';
export { deprecate } from './repository/care/deprecate.ts';
export { restore, yank } from './repository/care/yank.ts';
export { readState } from './repository/care/diff/read-state.ts';
export { diffRepositories } from './repository/care/diff/diff.ts';
export { startServer } from './repository/serve/server.ts';
export type { RunningServer, ServerOptions } from './repository/serve/server.ts';

// archives → wherever they are published
export { openStore } from './repository/open-store.ts';
export type { StoreOptions } from './repository/open-store.ts';
export { publishTo } from './repository/publish.ts';
export type { PublishOptions, TargetPlan } from './repository/publish.ts';
export { changedSinceCommit } from './changes/since-commit.ts';
export { changedSinceRelease } from './changes/since-release.ts';
export type { ChangeReport } from './changes/types.ts';
export { releaseNotes } from './changes/notes/notes.ts';
export type { ReleaseNotes } from './changes/notes/notes.ts';

// all of it
export { build } from './build.ts';
export type { BuildOptions, BuildReport } from './build.ts';
