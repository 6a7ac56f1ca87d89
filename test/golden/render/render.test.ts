import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderFiles } from '../../../generator/src/render/index.ts';
import { modelOf } from '../../unit/render/fixture.ts';

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const read = (name: string) => readFileSync(folder(name), 'utf8');

const partials = readdirSync(folder('source/partials')).map(
  (file) => [file.replace(/\.hbs$/, ''), read(`source/partials/${file}`)] as const,
);
const files = readdirSync(folder('source/templates')).map((file) => ({
  source: `templates/${file}`,
  target: `templates/${file.replace(/\.hbs$/, '')}`,
  content: Buffer.from(read(`source/templates/${file}`)),
  rendered: true,
}));
const rendered = renderFiles(modelOf({ files, partials: Object.fromEntries(partials) }));

test.each([...rendered])('%s', async (target, content) => {
  await expect(content.toString()).toMatchFileSnapshot(folder(`expected/${target}`));
});
