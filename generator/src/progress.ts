/** Says what long work is at, one short line each time; the command line decides how it looks. */
export type Progress = (message: string) => void;

export const silent: Progress = () => undefined;
