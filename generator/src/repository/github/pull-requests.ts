import { RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import { textField } from '../../json-object.ts';
import type { Progress } from '../../progress.ts';
import { printable } from '../../text.ts';
import type { Proposal, Proposals } from '../git/proposals.ts';
import { parseGitTarget } from '../git/target.ts';
import { numberedObject } from './answer.ts';
import { GitHubApi, type RepositoryName } from './api.ts';
import { fullName, requireToken } from './environment.ts';
import { toUserError } from './refusal.ts';
import { repositoryOf } from './repository-of.ts';
import { serversOf } from './servers.ts';

/** Around what is ours of a text; nobody sees them. */
const [BEGIN, END] = ['<!-- charts -->', '<!-- end of charts -->'];

/** The text of a pull request with our part as it is to be: what people have written around it stays. */
function textWith(part: string, text = ''): string {
  const ours = `${BEGIN}\n${part}${END}`;
  const [before = '', rest] = text.split(BEGIN, 2);
  if (rest === undefined) return [text, ours].filter((piece) => piece !== '').join('\n\n');
  return `${before}${ours}${rest.split(END).slice(1).join(END)}`;
}

/** A pull request that is open (https://docs.github.com/rest/pulls/pulls). */
interface PullRequest {
  number: number;
  /** Markdown, of the person who edited it last. */
  body: string;
  /** Of its page. */
  url: string;
}

function pullRequestOf(value: unknown): PullRequest {
  const pull = numberedObject(value, 'number');
  const body = textField(pull, 'body').replaceAll('\r\n', '\n');
  return { number: pull.number, body, url: printable(textField(pull, 'html_url')) };
}

/** The pull requests of a repository on GitHub: one for each branch that proposes something. */
export class PullRequests implements Proposals {
  readonly #repository: RepositoryName;
  readonly #environment: NodeJS.ProcessEnv;

  /** @param environment GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL. */
  constructor(repository: RepositoryName, environment: NodeJS.ProcessEnv) {
    this.#repository = repository;
    this.#environment = environment;
  }

  assertAllowed(): void {
    requireToken(this.#environment, this.#repository, true);
  }

  async propose(proposal: Proposal, progress: Progress): Promise<string> {
    const token = requireToken(this.#environment, this.#repository, true);
    const api = new GitHubApi(serversOf(this.#environment), this.#repository, token, progress);
    try {
      return await withRetries(() => putForward(api, proposal, progress), progress);
    } catch (error) {
      throw error instanceof RequestFailure
        ? toUserError(error, fullName(this.#repository))
        : error;
    }
  }
}

async function putForward(
  api: GitHubApi,
  { base, branch, title, body }: Proposal,
  progress: Progress,
): Promise<string> {
  const { pulls } = api.octokit.rest;
  const head = `${api.place.owner}:${branch}`;
  const { data } = await api.asked(pulls.list({ ...api.place, base, head, state: 'open' }));
  const [open] = data.map(pullRequestOf);
  if (!open) {
    progress(`opening a pull request for ${base}`);
    const options = { ...api.place, base, head: branch, title, body: textWith(body) };
    return pullRequestOf((await api.asked(pulls.create(options))).data).url;
  }
  const text = textWith(body, open.body);
  if (text !== open.body) {
    progress(`updating ${open.url}`);
    await api.asked(pulls.update({ ...api.place, pull_number: open.number, title, body: text }));
  }
  return open.url;
}

/**
 * Where changes of a branch are proposed.
 * @param target as {@link parseGitTarget} reads it.
 * @throws UserError USAGE for a branch that is not on GitHub.
 */
export function pullRequestsFor(
  target: string,
  environment: NodeJS.ProcessEnv = process.env,
): PullRequests {
  return new PullRequests(repositoryOf(parseGitTarget(target), environment), environment);
}
