import { addSettings } from '../git/environment.ts';
import { type Git, gitIn } from '../git/git.ts';

/** What a hook of git may have set, which is about another checkout. */
const PLACES = [
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'],
  ...['GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE'],
];

const SETTINGS = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  // An index of ours would be shared in the repository, and its submodules led to our folder.
  ['core.splitIndex', 'false'],
  ['submodule.recurse', 'false'],
] as const;

/**
 * Git that changes nothing in a checkout, runs none of its hooks, asks nobody anything and takes paths
 * to the letter.
 * @param places variables that say where the repository and its files are.
 */
export function readingGit(cwd: string, places: NodeJS.ProcessEnv = {}): Git {
  const kept = Object.entries(process.env).filter(([name]) => !PLACES.includes(name));
  const variables: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    GIT_LITERAL_PATHSPECS: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    LANGUAGE: '',
    ...places,
  };
  addSettings(variables, SETTINGS);
  return gitIn(cwd, { variables, secrets: [] });
}
