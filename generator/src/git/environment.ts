/** Where a repository has its parts. */
export interface GitFolder {
  repository: string;
  index: string;
  /** The files. */
  tree: string;
}

/** What a person sets for git on purpose; all else named GIT_ is about a checkout, or prints secrets. */
const KEPT =
  /^GIT_(?:(?:AUTHOR|COMMITTER|HTTP|PROXY|SSL)_.*|SSH.*|ASKPASS|EXEC_PATH|CONFIG_(?!PARAMETERS).*)$/;

/** Settings that must be so, whatever the user's configuration says. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.sparseCheckout', 'true'],
  // A link on the branch must not lead out of the temporary folder.
  ['core.symlinks', 'false'],
  ['core.fileMode', 'false'],
  ['protocol.version', '2'],
  // Who sends nothing for a minute is given up.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
  ['push.followTags', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['credential.interactive', 'false'],
  // Else git makes up an address from the name of the host.
  ['user.useConfigOnly', 'true'],
];

/** The token for GitHub's own server, or for the one of GitHub Enterprise that an action runs on. */
function gitHubToken(url: URL, environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_TOKEN: token = '', GITHUB_SERVER_URL: server = '' } = environment;
  const isGitHub = url.origin === URL.parse(server === '' ? 'https://github.com' : server)?.origin;
  return isGitHub && url.protocol.startsWith('http') && token !== '' ? token : undefined;
}

/** The environment that git runs in, and what of it must not be shown. */
export interface GitEnvironment {
  variables: NodeJS.ProcessEnv;
  secrets: readonly string[];
}

/**
 * The user's environment without what could lead git to another repository, with settings that keep
 * bytes as they are and ask nobody anything. Git's credential helpers and the agent of ssh work;
 * GITHUB_TOKEN goes to GitHub only, by the environment, where no other user sees it
 * (https://git-scm.com/docs/git#Documentation/git.txt-GITCONFIGCOUNT).
 */
export function gitEnvironment(
  folder: GitFolder,
  url: URL,
  environment: NodeJS.ProcessEnv,
): GitEnvironment {
  const token = gitHubToken(url, environment);
  const login = Buffer.from(`x-access-token:${token ?? ''}`).toString('base64');
  const header = [`http.${url.origin}/.extraHeader`, `Authorization: Basic ${login}`] as const;
  // The header would go along to wherever a redirect leads.
  const authorization = [header, ['http.followRedirects', 'false']] as const;
  const settings = [...SETTINGS, ...(token === undefined ? [] : authorization)];
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith('GIT_') || KEPT.test(name),
  );
  const variables: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    GIT_DIR: folder.repository,
    GIT_INDEX_FILE: folder.index,
    GIT_WORK_TREE: folder.tree,
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'force',
    SSH_ASKPASS: environment.SSH_ASKPASS ?? 'false',
    // Failures are told apart by their text.
    LC_ALL: 'C',
    LANGUAGE: '',
  };
  addSettings(variables, settings);
  return { variables, secrets: token === undefined ? [] : [token, login] };
}

/** Adds settings to those that the environment has. */
export function addSettings(
  variables: NodeJS.ProcessEnv,
  settings: readonly (readonly [string, string])[],
): void {
  const present = Number(variables.GIT_CONFIG_COUNT ?? 0);
  for (const [position, [key, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${present + position}`] = key;
    variables[`GIT_CONFIG_VALUE_${present + position}`] = value;
  }
  variables.GIT_CONFIG_COUNT = String(present + settings.length);
}
