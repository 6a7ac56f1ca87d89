/** Prints what is at a URL, its argument. */
import { download } from '../../../generator/src/network/download.ts';

const { bytes } = await download(new URL(process.argv[2] ?? ''), { maxBytes: 1000 });
process.stdout.write(bytes);
