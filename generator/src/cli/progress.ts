import type { WriteStream } from 'node:tty';
import type { Progress } from '../progress.ts';

export interface ProgressLine {
  report: Progress;
  /** Takes the changing line off a terminal, so that other output starts on an empty one. */
  clear: () => void;
}

/** One changing line on a terminal, plain lines elsewhere, nothing while `isSilent` says so. */
export function createProgress(stream: WriteStream, isSilent: () => boolean): ProgressLine {
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\u001B[K');
    shown = false;
  };
  const report = (message: string) => {
    if (isSilent()) return;
    if (!stream.isTTY) {
      stream.write(`${message}\n`);
      return;
    }
    clear();
    stream.write(message.slice(0, Math.max(0, stream.columns - 1)));
    shown = true;
  };
  return { report, clear };
}
