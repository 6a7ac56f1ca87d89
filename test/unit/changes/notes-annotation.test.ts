import { describe, expect, test } from 'vitest';
import { chartYaml, type Texts } from '../archive/fixture.ts';
import { notes } from './fixture.ts';

describe('the annotation artifacthub.io/changes', () => {
  const annotated = (changes: string, more: Texts = {}) =>
    notes({
      'Chart.yaml': chartYaml(
        'demo',
        '1.1.0',
        `annotations:\n  artifacthub.io/changes: |\n    ${changes.replaceAll('\n', '\n    ')}\n`,
      ),
      ...more,
    });

  test('texts', () => {
    expect(annotated('- one\n- 2\n- "three\\nlines"')).toEqual({
      name: 'demo',
      version: '1.1.0',
      source: 'artifacthub.io/changes',
      text: '- one\n- 2\n- three\n  lines',
    });
  });

  test('by kind, with links', () => {
    const { text } = annotated(
      [
        '- { kind: Fixed, description: F, links: [{ name: PR, url: "https://x/1" }, { name: I, url: "https://x/2" }] }',
        '- { kind: added, description: A }',
        '- { description: N }',
      ].join('\n'),
    );
    expect(text).toBe(
      '- N\n\n### Added\n\n- A\n\n### Fixed\n\n- F ([PR](https://x/1), [I](https://x/2))',
    );
  });

  test('is taken where the change log does not speak of the version, or says nothing of it', () => {
    const source = 'artifacthub.io/changes';
    expect(annotated('- a', { 'CHANGELOG.md': '## 1.0.0\n\nold' })).toMatchObject({ source });
    expect(annotated('- a', { 'CHANGELOG.md': '## 1.1.0\n\n## 1.0.0\n\nold' })).toMatchObject({
      source,
    });
    expect(annotated('- a', { 'CHANGELOG.md': '## 1.1.0\n\nnew' })).toMatchObject({ text: 'new' });
  });

  test.each(['[]', ''])('%j says nothing', (changes) => {
    if (changes === '') expect(notes({})).not.toHaveProperty('source');
    else expect(annotated(changes)).toEqual({ name: 'demo', version: '1.1.0', text: '' });
  });

  test.each([
    'a: b',
    '- kind: better\n  description: x',
    '- [',
    `- &a ${'x'.repeat(100)}\n${'- *a\n'.repeat(60)}`,
  ])('%j is refused', (changes) => {
    expect(() => annotated(changes)).toThrow(
      expect.objectContaining({ code: 'CHART_INVALID' }) as Error,
    );
  });
});
