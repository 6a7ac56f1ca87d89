import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReleaseNotes } from '../../../generator/src/changes/notes/notes.ts';
import { endsSoon } from '../../support/ends-soon.ts';
import { archiveOf, writeChart } from '../archive/fixture.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { notes } from './fixture.ts';

const KEEP_A_CHANGELOG = `\uFEFF# Changelog

All changes of note. 1.1.0 is the newest.

## [Unreleased]

- later

## [1.1.0] - 2026-02-01

### Added

- A port, see [#12] and [the docs][docs].

\`\`\`yaml
## 1.0.5
[fake]: https://example.com/fake
\`\`\`

<!-- 
## 1.0.6
-->

## [1.0.1] - 2026-01-15 [YANKED]

- A fix.

## [1.0.0] - 2026-01-01

First.

## Thanks

To all.

[Unreleased]: https://example.com/compare/1.1.0...HEAD
[1.1.0]: https://example.com/compare/1.0.1...1.1.0
[#12]: https://example.com/12
[Docs]: https://example.com/docs
`;

const OWN = `### Added

- A port, see [#12] and [the docs][docs].

\`\`\`yaml
## 1.0.5
[fake]: https://example.com/fake
\`\`\`

<!-- 
## 1.0.6
-->

[#12]: https://example.com/12
[Docs]: https://example.com/docs`;

describe('a change log', () => {
  test('its section of the version, with the links that it uses', () => {
    expect(notes({ 'CHANGELOG.md': KEEP_A_CHANGELOG })).toEqual({
      name: 'demo',
      version: '1.1.0',
      source: 'CHANGELOG.md',
      text: OWN,
    });
    expect(notes({ 'CHANGELOG.md': KEEP_A_CHANGELOG.replaceAll('\n', '\r\n') }).text).toBe(OWN);
  });

  test('all that came after a version, with headings', () => {
    const { text } = notes({ 'CHANGELOG.md': KEEP_A_CHANGELOG }, 'v1.0.0');
    expect(text.match(/^## .*$/gm)).toEqual([
      '## [1.1.0] - 2026-02-01',
      '## 1.0.5',
      '## 1.0.6',
      '## [1.0.1] - 2026-01-15 [YANKED]',
    ]);
    expect(text).toContain('- A fix.');
    expect(text).toContain('[1.1.0]: https://example.com/compare/1.0.1...1.1.0');
    expect(text).not.toMatch(/First|later|Unreleased/);
    expect(notes({ 'CHANGELOG.md': KEEP_A_CHANGELOG }, '1.0.1').text).toBe(OWN);
  });

  test('the last section ends where another matter begins', () => {
    expect(notes({ 'CHANGELOG.md': KEEP_A_CHANGELOG }, undefined, '1.0.0').text).toBe('First.');
  });

  test.each([
    '## 1.1.0',
    '# v1.1.0',
    '### 1.1.0 (2026-02-01)',
    '## [v1.1.0](https://example.com) (2026-02-01)',
    '## **1.1.0**',
    '## Release 1.1.0',
    '## Version: 1.1.0',
    '## demo-1.1.0',
    '## Demo @1.1.0:',
    '## 1.1.0 ##',
    '1.1.0 / 2026-02-01\n==================',
    '[1.1.0]\n---',
  ])('the heading %j', (heading) => {
    const text = `# Changes\n\n${heading}\n\n- mine\n\n${heading.replaceAll('1.1.0', '1.0.9')}\n\n- old\n`;
    expect(notes({ 'changelog.md': text })).toMatchObject({
      source: 'changelog.md',
      text: '- mine',
    });
  });

  test.each([
    '## 1.1.0-rc.1',
    '## 1.1.01',
    '## 11.1.0',
    '## Spark 1.1.0',
    '#### 1.1.0',
    '1.1.0',
    '    ## 1.1.0',
    '##1.1.0',
  ])('%j is no heading of 1.1.0', (heading) => {
    expect(notes({ 'CHANGELOG.md': `${heading}\n\n- mine\n` })).toEqual({
      name: 'demo',
      version: '1.1.0',
      text: '',
    });
  });

  test('patch versions with deeper headings, as semantic-release writes them', () => {
    const text =
      '# [1.1.0](u) (d)\n\n### Features\n\n* a\n\n## [1.0.1](u) (d)\n\n### Fixes\n\n* b\n';
    expect(notes({ 'CHANGELOG.md': text }).text).toBe('### Features\n\n* a');
  });

  test('build metadata tells versions apart, a pre-release is a part of what came after', () => {
    const text =
      '## 1.1.0+2\n\nnew\n\n## 1.1.0+1\n\nold\n\n## 1.1.0-rc.1\n\nrc\n\n## 1.0.0\n\nfirst';
    expect(notes({ 'CHANGELOG.md': text }, undefined, '1.1.0+1').text).toBe('old');
    expect(notes({ 'CHANGELOG.md': text }, '1.0.0', '1.1.0+2').text).toMatch(/new[^]*rc$/);
  });

  test('hostile ones take no time', () => {
    const line = (text: string, times: number) => text.repeat(times);
    for (const text of [
      `## ${line(' ', 1_000_000)}x`,
      `## ${line('1.', 500_000)}`,
      `## 1.1.0${line('-', 1_000_000)}`,
      `## 1.1.0\n${line('[', 1_000_000)}`,
      `## 1.1.0\n${line('\n', 1_000_000)}x`,
      `## 1.1.0\nx${line(' ', 1_000_000)}x`,
      `## 1.1.0\n[a]\n${line('[a]: x\n', 100_000)}`,
      `## 1.1.0\n${line('<!-- ', 200_000)}`,
      `## 1.1.0\nx\n${line('=', 1_000_000)}x`,
    ])
      endsSoon(() => notes({ 'CHANGELOG.md': text }));
  });

  test('one that is too large is refused', () => {
    expect(() => notes({ 'CHANGELOG.md': 'x'.repeat(5 * 1024 * 1024 + 1) })).toThrow(
      expect.objectContaining({ code: 'CHART_INVALID' }) as Error,
    );
  });
});

test('of a folder, .helmignore or not, and of an archive', async () => {
  const folder = writeChart({
    'CHANGELOG.md': '## 1.0.0\n\nfirst\n',
    '.helmignore': 'CHANGELOG.md\n',
  });
  expect(await readReleaseNotes(folder)).toMatchObject({ text: 'first' });
  const archive = join(temporaryFolder(), 'demo-1.0.0.tgz');
  writeFileSync(archive, (await archiveOf()).bytes);
  expect(await readReleaseNotes(archive)).toEqual({ name: 'demo', version: '1.0.0', text: '' });
});

test('a version that is none', () => {
  expect(() => notes({}, 'last')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: '"last" is no version' }) as Error,
  );
});
