import { enableCompileCache } from 'node:module';
import { cacheFolder } from '../files/cache-folder.ts';
import { makeFolder } from '../files/folder.ts';

/**
 * Keeps the compiled code of this program in the user's cache folder for its next start. Not in
 * Node's own choice below /tmp: whoever can write there would decide what runs here.
 */
export function keepCompiledCode(environment: NodeJS.ProcessEnv): void {
  try {
    const folder = cacheFolder('compiled', environment);
    makeFolder(folder);
    enableCompileCache(folder);
  } catch {
    // Where nothing can be kept, the program starts more slowly.
  }
}
