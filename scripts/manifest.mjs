// Writes oclif.manifest.json: with it the executable starts without loading every command.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';
import { Plugin } from '@oclif/core/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
writeFileSync(`${root}/oclif.manifest.json`, JSON.stringify(plugin.manifest));
