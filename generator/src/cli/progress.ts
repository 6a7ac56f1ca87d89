import type { WriteStream } from 'node:tty';
import type { Progress } from '../progress.ts';
import { printable } from '../text.ts';

/** Off a terminal a counter says no more than one line in this time, its first and its last aside. */
const COUNTER_MILLISECONDS = 2000;
/** For terminals that do not know how wide they are. */
const USUAL_COLUMNS = 80;

export interface ProgressLine {
  report: Progress;
  /** Takes the changing line off a terminal, so that other output starts on an empty one. */
  clear: () => void;
}

/** One changing line on a terminal, plain lines elsewhere, nothing while `isSilent` says so. */
export function createProgress(stream: WriteStream, isSilent: () => boolean): ProgressLine {
  const { report, clear } = stream.isTTY ? changingLine(stream) : plainLines(stream);
  return {
    report: (message) => {
      // Some of it is what servers say.
      if (!isSilent()) report(printable(message));
    },
    clear,
  };
}

function changingLine(stream: WriteStream): ProgressLine {
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\u001B[K');
    shown = false;
  };
  const report = (message: string) => {
    clear();
    const columns = stream.columns > 0 ? stream.columns : USUAL_COLUMNS;
    stream.write(message.slice(0, columns - 1));
    shown = true;
  };
  return { report, clear };
}

/** Messages that are the same up to their first number are one counter. */
function plainLines(stream: WriteStream): ProgressLine {
  let counter = '';
  let writtenAt = 0;
  let held: string | undefined;
  const clear = () => {
    if (held !== undefined) stream.write(`${held}\n`);
    held = undefined;
  };
  const report = (message: string) => {
    const [subject = ''] = message.split(/\d/, 1);
    const soon = performance.now() - writtenAt < COUNTER_MILLISECONDS;
    if (subject === counter && soon) {
      held = message;
      return;
    }
    if (subject === counter) held = undefined;
    clear();
    stream.write(`${message}\n`);
    counter = subject;
    writtenAt = performance.now();
  };
  return { report, clear };
}
