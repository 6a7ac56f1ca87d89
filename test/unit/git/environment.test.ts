import { expect, test } from 'vitest';
import { gitEnvironment } from '../../../generator/src/git/environment.ts';

const FOLDER = { repository: '/t/repository', index: '/t/index', tree: '/t/tree' };

function variablesOf(environment: NodeJS.ProcessEnv, url = 'https://github.com/a/b.git') {
  return gitEnvironment(FOLDER, new URL(url), environment).variables;
}

/** The settings that an environment holds. */
function settingsOf(variables: NodeJS.ProcessEnv): string[] {
  const count = Number(variables.GIT_CONFIG_COUNT);
  return Array.from({ length: count }, (_, position) =>
    [variables[`GIT_CONFIG_KEY_${position}`], variables[`GIT_CONFIG_VALUE_${position}`]].join('='),
  );
}

test('what is about a checkout, or prints secrets, is left out', () => {
  const kept = {
    PATH: '/bin',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_SSH: 'ssh',
    GIT_ASKPASS: 'ask',
    GIT_SSL_CAINFO: 'ca.pem',
    GIT_CONFIG_GLOBAL: '/home/config',
    SSH_ASKPASS: 'ask-window',
  };
  const leftOut = {
    GIT_DIR: '/x',
    GIT_WORK_TREE: '/x',
    GIT_INDEX_FILE: '/x',
    GIT_COMMON_DIR: '/x',
    GIT_OBJECT_DIRECTORY: '/x',
    GIT_ALTERNATE_OBJECT_DIRECTORIES: '/x',
    GIT_NAMESPACE: 'x',
    GIT_PREFIX: 'x',
    GIT_CONFIG: '/x',
    GIT_CONFIG_PARAMETERS: "'core.hooksPath=/x'",
    GIT_TRACE: '1',
    GIT_TRACE_CURL: '1',
    GIT_CURL_VERBOSE: '1',
    GIT_TEMPLATE_DIR: '/x',
    GIT_SHALLOW_FILE: '/x',
  };
  const variables = variablesOf({ ...kept, ...leftOut });
  expect(variables).toMatchObject({
    ...kept,
    GIT_DIR: FOLDER.repository,
    GIT_INDEX_FILE: FOLDER.index,
    GIT_WORK_TREE: FOLDER.tree,
    GIT_TERMINAL_PROMPT: '0',
  });
  const own = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE'];
  const rest = Object.keys(leftOut).filter((name) => !own.includes(name));
  expect(rest.filter((name) => name in variables)).toEqual([]);
});

test('settings of the environment stay, ours come after them and so count', () => {
  const variables = variablesOf({
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.proxy',
    GIT_CONFIG_VALUE_0: 'http://proxy',
  });
  const settings = settingsOf(variables);
  expect(settings[0]).toBe('http.proxy=http://proxy');
  expect(settings).toEqual(
    expect.arrayContaining(['core.hooksPath=/dev/null', 'user.useConfigOnly=true']),
  );
  expect(settings.filter((setting) => /extraHeader/i.test(setting))).toEqual([]);
});

test.each([
  ['https://github.com/a/b.git', {}, true],
  ['https://github.com:443/a/b.git', { GITHUB_SERVER_URL: '' }, true],
  ['https://git.example.com/a/b.git', { GITHUB_SERVER_URL: 'https://git.example.com' }, true],
  ['https://github.com/a/b.git', { GITHUB_SERVER_URL: 'https://git.example.com' }, false],
  ['https://github.com.example.com/a/b.git', {}, false],
  ['https://github.com:8443/a/b.git', {}, false],
  ['ssh://git@github.com/a/b.git', {}, false],
  ['file:///a/b.git', { GITHUB_SERVER_URL: 'file:///' }, false],
  ['ssh://git@host/a', { GITHUB_SERVER_URL: 'ssh://git@host' }, false],
])('the token for %s with %o: %s', (url, more, isSent) => {
  const { variables, secrets } = gitEnvironment(FOLDER, new URL(url), {
    ...more,
    GITHUB_TOKEN: 'secret',
  });
  const login = Buffer.from('x-access-token:secret').toString('base64');
  const header = `http.${new URL(url).origin}/.extraHeader=Authorization: Basic ${login}`;
  const settings = settingsOf(variables).filter((setting) => setting.includes('extraHeader'));
  expect(settings).toEqual(isSent ? [header] : []);
  expect(secrets).toEqual(isSent ? ['secret', login] : []);
});
