const DRIVE = /^[a-z]:/i;

/** Would Windows read it as a path on a drive of its own, `c:file`? */
export function hasDrive(path: string): boolean {
  return DRIVE.test(path);
}
