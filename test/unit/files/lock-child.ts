// Holds a lock until a signal comes.
import { withLock } from '../../../generator/src/files/lock.ts';

const [lock = ''] = process.argv.slice(2);
process.on('SIGINT', () => process.exit(130));
const options = { progress: () => undefined, busy: 'is at work there', waitMilliseconds: 0 };
await withLock(lock, options, () => {
  process.stdout.write('locked\n');
  return new Promise((resolve) => setTimeout(resolve, 60_000));
});
