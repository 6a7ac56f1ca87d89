import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import {
  GitStore,
  type GitStoreOptions,
} from '../../../../generator/src/repository/git/git-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import {
  AUTHOR,
  bareRemote,
  bytesOn,
  environmentOf,
  git,
  publishedOn,
  pushFiles,
  targetOf,
  tipOf,
  withProgram,
  writeHook,
} from './fixture.ts';

async function publish(target: string, options: GitStoreOptions = {}): Promise<void> {
  const store = new GitStore(target, { environment: environmentOf(), ...options });
  await store.publish([await archiveOf()], silent);
}

test.each(['pre-receive', 'update'])(
  'a branch that the %s hook of the server protects is not pushed to, once',
  async (hook) => {
    const remote = bareRemote();
    const log = join(temporaryFolder(), 'log');
    writeHook(remote, hook, `echo x >> ${log}; echo 'changes go through review' >&2; exit 1`);
    await expect(publish(targetOf(remote))).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('#gh-pages may not be pushed to') as string,
      next: expect.stringContaining('Allow this login to push to the branch') as string,
      problems: expect.arrayContaining([
        { message: 'remote: changes go through review' },
      ]) as unknown,
    });
    expect(readFileSync(log, 'utf8')).toBe('x\n');
    expect(tipOf(remote)).toBe('');
  },
);

test('a branch that is checked out there is not pushed to', async () => {
  const remote = temporaryFolder();
  git(remote, 'init', '--quiet', '--initial-branch=gh-pages');
  await expect(publish(targetOf(remote))).rejects.toMatchObject({ code: 'DENIED' });
});

test('what is no repository', async () => {
  const nothing = temporaryFolder();
  for (const target of [targetOf(nothing), targetOf(join(nothing, 'missing'))])
    await expect(publish(target)).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('is no git repository') as string,
    });
});

test('a server where nobody listens', async () => {
  await expect(publish('git+http://127.0.0.1:1/a.git')).rejects.toMatchObject({
    code: 'NETWORK',
    message: 'http://127.0.0.1:1/a.git#gh-pages cannot be reached',
  });
});

test.each(['a..b', '-', 'a b', 'a.lock', '/'])('"%s" is no branch', async (branch) => {
  const problem = expect.stringContaining(JSON.stringify(branch)) as string;
  const target = targetOf(bareRemote(), `#${branch}`);
  if (branch === '-') await publish(target);
  else await expect(publish(target)).rejects.toMatchObject({ code: 'USAGE', message: problem });
});

test('a branch below another one is refused at once', async () => {
  const remote = bareRemote();
  await publish(targetOf(remote, '#a'));
  await expect(publish(targetOf(remote, '#a/b'))).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('#a/b cannot be made') as string,
  });
});

test('settings that git cannot read are told by git', async () => {
  const environment = environmentOf('[core\n');
  await expect(publish(targetOf(bareRemote()), { environment })).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    problems: [{ message: expect.stringContaining('bad config line 1') as string }],
  });
});

test('git that is missing, or too old', async () => {
  const next = expect.stringContaining('https://git-scm.com') as string;
  const environment = { ...environmentOf(), PATH: temporaryFolder() };
  await expect(publish(targetOf('/x'), { environment })).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'git 2.34.0 or a newer one is needed: it is not there',
    next,
  });
  const old = withProgram(environmentOf(), 'git', 'echo git version 2.25.1');
  await expect(publish(targetOf('/x'), { environment: old })).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'git 2.34.0 or a newer one is needed: it is 2.25.1',
    next,
  });
});

test('git that does not know whose commits are', async () => {
  const remote = bareRemote();
  const all = Object.entries(environmentOf()).filter(([name]) => !Object.hasOwn(AUTHOR, name));
  const environment = Object.fromEntries(all);
  await expect(publish(targetOf(remote), { environment })).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    next: expect.stringContaining('git config --global user.name') as string,
  });
  expect(tipOf(remote)).toBe('');
  const settings = '[user]\nname = Bob\nemail = bob@example.com\n';
  const configured = { ...environment, HOME: environmentOf(settings).HOME ?? '' };
  await publish(targetOf(remote), { environment: configured });
  expect(git(remote, 'log', '--format=%an %cE', 'gh-pages')).toBe('Bob bob@example.com');
});

test('a commit is signed where the user wants that', async () => {
  const remote = bareRemote();
  const signer = withProgram(
    environmentOf('[commit]\ngpgSign = true\n[user]\nsigningKey = ada\n'),
    'gpg',
    'cat > /dev/null; echo "[GNUPG:] SIG_CREATED " >&2; echo signature',
  );
  await publish(targetOf(remote), { environment: signer });
  expect(git(remote, 'cat-file', 'commit', 'gh-pages')).toContain('gpgsig signature');
  const without = withProgram(signer, 'gpg', 'exit 2');
  await expect(publish(targetOf(remote, '#b'), { environment: without })).rejects.toMatchObject({
    code: 'SIGNING_FAILED',
  });
});

test('hooks and other programs that the settings name are not run', async () => {
  const log = join(temporaryFolder(), 'log');
  const environment = withProgram(
    environmentOf(
      '[core]\nhooksPath = ~/hooks\nfsmonitor = spy\n[init]\ntemplateDir = ~/template\n',
    ),
    'spy',
    `echo spy >> ${log}`,
  );
  const home = environment.HOME ?? '';
  for (const hook of ['pre-push', 'post-index-change', 'reference-transaction', 'post-checkout']) {
    writeHook(home, hook, `echo ${hook} >> ${log}`);
    writeHook(join(home, 'template'), hook, `echo template ${hook} >> ${log}`);
  }
  const remote = bareRemote();
  pushFiles(remote, { 'page.html': '<p>\n' });
  // On one machine the remote's git has the user's settings, too.
  git(remote, 'config', 'core.hooksPath', 'hooks');
  await publish(targetOf(remote), { environment });
  expect(publishedOn(remote)).toEqual(['demo 1.0.0']);
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('');
});

test('ssh is run as the user has set it, and asks nothing', async () => {
  const remote = bareRemote();
  const ssh = withProgram(
    environmentOf(),
    'ssh-of-test',
    '[ "$SSH_ASKPASS_REQUIRE" = force ] || exit 9\n[ "$1" = -G ] && exit 1\neval "set -- \\"\\${$#}\\""\nexec sh -c "$1"',
  );
  const environment = { ...ssh, GIT_SSH_COMMAND: 'ssh-of-test', GIT_SSH_VARIANT: 'simple' };
  await publish(`git+ssh://git@host.example${remote}`, { environment });
  expect(publishedOn(remote)).toEqual(['demo 1.0.0']);
  const refusing = withProgram(
    ssh,
    'ssh-of-test',
    'echo "Permission denied (publickey)." >&2; exit 255',
  );
  await expect(
    publish(`git+ssh://git@host.example${remote}`, {
      environment: { ...refusing, GIT_SSH_COMMAND: 'ssh-of-test', GIT_SSH_VARIANT: 'simple' },
    }),
  ).rejects.toMatchObject({ code: 'DENIED' });
});

test('an index that does not hold what was pushed is told', async () => {
  const remote = bareRemote();
  const undo = 'case "$GIT_DIR" in *) git update-ref -d refs/heads/gh-pages;; esac';
  writeHook(remote, 'post-receive', undo);
  await expect(publish(targetOf(remote))).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringContaining('does not have all that was pushed') as string,
    problems: [expect.objectContaining({ file: 'demo-1.0.0.tgz' })],
  });
  rmSync(join(remote, 'hooks', 'post-receive'));
  await publish(targetOf(remote));
  expect(bytesOn(remote, '.nojekyll')).toHaveLength(0);
});
