/** The library behind the command line: each stage from the sources of charts to a repository. */
export { ERROR_CODES, UserError } from './errors.ts';
export type { ErrorCode, Problem } from './errors.ts';
export type { Progress } from './progress.ts';

// charts-src → ChartModel → files
export { loadCatalog, resolveCharts } from './model/index.ts';
export type { Catalog, ChartModel, Json, SchemaNode } from './model/types.ts';
export { emitChart } from './emit/chart.ts';
export { generateCharts } from './generate.ts';

// files → dist/charts
export { apply, diff, differences, plan, refuseForeignFiles } from './fileset/index.ts';
export type { ChartPlan, Charts, FileSet, PlanOptions } from './fileset/index.ts';

// dist/charts → findings
export { lintCharts } from './lint/lint.ts';
export type { LintOptions, LintReport } from './lint/lint.ts';
export type { Finding } from './lint/finding.ts';
export { testCharts } from './helm/unit-tests.ts';
export type { ChartTests } from './helm/unit-tests.ts';

// dist/charts → archives
export { packChart } from './archive/pack.ts';
export { readArchive } from './archive/read.ts';
export type { ArchiveInfo, ChartArchive } from './archive/archive.ts';
export type { ChartMetadata } from './archive/metadata.ts';

// archives → dist/repository
export { DirectoryStore } from './repository/directory/directory-store.ts';
export type { DirectoryStoreOptions } from './repository/directory/directory-store.ts';
export type { PlannedArchive, PublishPlan, Store } from './repository/store.ts';
export { indexDirectory } from './repository/directory/index-directory.ts';
export type { IndexDirectoryOptions } from './repository/directory/index-directory.ts';
export type { IndexDirectoryResult } from './repository/directory/index-result.ts';
export type { IndexEntry } from './repository/index-file/types.ts';
export { startServer } from './repository/serve/server.ts';
export type { RunningServer, ServerOptions } from './repository/serve/server.ts';

// all of it
export { build } from './build.ts';
export type { BuildOptions, BuildReport } from './build.ts';
