import { tipOf } from '../git/fixture.ts';
import { type Answered, fieldsOf, MISSING } from './fake-api.ts';

export interface FakePullRequest {
  number: number;
  /** Names of branches. */
  base: string;
  head: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
}

/** A stand-in for the pull requests of a repository on GitHub, after its documentation. */
export class FakePullRequests {
  readonly all: FakePullRequest[] = [];
  readonly #repository: string;

  /** @param repository the bare repository that has the branches. */
  constructor(repository: string) {
    this.#repository = repository;
  }

  /** @param line such as `PATCH /pulls/1`. */
  answer(line: string, query: URLSearchParams, content: Buffer): Answered {
    if (line === 'GET /pulls') return { status: 200, body: this.#find(query).map(shown) };
    if (line === 'POST /pulls') return this.#create(content);
    const [, number] = /^PATCH \/pulls\/(\d+)$/.exec(line) ?? [];
    const pull = this.all.find((item) => item.number === Number(number));
    if (!pull) return MISSING;
    const { title = pull.title, body = pull.body } = fieldsOf(content);
    Object.assign(pull, { title, body });
    return { status: 200, body: shown(pull) };
  }

  #find(query: URLSearchParams): FakePullRequest[] {
    return this.all.filter(
      ({ base, head, state }) =>
        state === query.get('state') &&
        base === query.get('base') &&
        `ada:${head}` === query.get('head'),
    );
  }

  #create(content: Buffer): Answered {
    const { base, head, title, body } = fieldsOf(content) as Record<string, string>;
    const tips = [base, head].map((branch) => tipOf(this.#repository, branch));
    const isOpen = this.all.some((pull) => pull.head === head && pull.state === 'open');
    if (isOpen) return invalid(`A pull request already exists for ada:${head}.`);
    if (tips.includes('') || tips[0] === tips[1])
      return invalid(`No commits between ${base} and ${head}`);
    const pull = { number: this.all.length + 1, base, head, title, body, state: 'open' as const };
    this.all.push(pull as FakePullRequest);
    return { status: 201, body: shown(pull as FakePullRequest) };
  }
}

/** Of a pull request GitHub says what is wrong in words, with a code that says nothing. */
function invalid(message: string): Answered {
  const errors = [{ resource: 'PullRequest', code: 'custom', message }];
  return { status: 422, body: { message: 'Validation Failed', errors } };
}

function shown({ number, title, body }: FakePullRequest): object {
  return { number, title, body, html_url: `https://github.com/ada/charts/pull/${number}` };
}
