/** A tree of files, complete and in memory: path with `/` between folders → bytes. */
export type FileSet = ReadonlyMap<string, Uint8Array>;
