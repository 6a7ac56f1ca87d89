// Indexes a folder and prints how many seconds that took inside the process, loading aside.
import { indexDirectory } from '../../generator/lib/index.js';

const [, , directory = '.'] = process.argv;
const start = performance.now();
await indexDirectory(directory, { progress: () => undefined });
console.log((performance.now() - start) / 1000);
