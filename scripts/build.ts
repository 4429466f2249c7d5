/**
 * Builds dist/ and the oclif manifest, so that a command starts without looking for the others. The libraries
 * that every command needs go into the bundle, because reading a few files is faster than resolving hundreds;
 * the others stay in node_modules and are loaded by the commands that use them.
 */
import { globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core/config';
import { build } from 'rolldown';
import { codeDigest } from '../src/adapters/sources/maker.ts';
import { quickSettings } from './build/quick-settings.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bundled = /^(@oclif\/core|yaml|zod|canonicalize|picocolors|fastest-levenshtein)(\/|$)/;
const isOwn = (id: string) => id.startsWith(join(root, 'src/'));
const isPackage = (id: string) => /^[^./]/.test(id) && !id.startsWith('\0');

const entries = [
  'cli/main',
  'core/yaml-document',
  'workspace/schema',
  'cli/hooks/command-not-found',
  'adapters/sources/crew-worker',
  'adapters/transports/smtp/thread/carrier-thread',
  ...commandIds().map((id) => `commands/${id}`),
];
/**
 * oclif asks at every start whether this is Windows' Linux, only to name the platform, which sec never shows. The
 * library that answers wakes every part of Node that it could need: an eighth of a light command's start.
 */
const noWsl = 'export const isWsl = false;';
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  input: Object.fromEntries(entries.map((entry) => [entry, join(root, 'src', `${entry}.ts`)])),
  platform: 'node',
  // No module of sec does anything by being imported, so a command need not load what it uses nothing of.
  treeshake: { moduleSideEffects: (id) => (isOwn(id) ? false : undefined) },
  external: (id, importer) => isPackage(id) && !bundled.test(id) && importer !== undefined && isOwn(importer),
  output: {
    dir: join(root, 'dist'),
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    comments: false,
    // In one file what every command begins with, in another what threads need of that: each file takes a millisecond.
    codeSplitting: {
      groups: [
        { name: 'words', test: /[\\/]src[\\/]core[\\/](errors[\\/]|near\.|yaml\.)/, priority: 1 },
        { name: 'command', test: /[\\/]src[\\/]cli[\\/](base-command|lone-config)\./ },
      ],
    },
  },
  plugins: [
    {
      name: 'quick-settings',
      load: (id) => (id === join(root, 'src/workspace/quick-settings.ts') ? quickSettings() : null),
    },
    { name: 'no-wsl', load: (id) => (/\/wsl-utils\/index\.js$/.test(id) ? noWsl : null) },
    {
      name: 'when-used',
      transform: (code, id) => (/[\\/]@oclif[\\/]core[\\/]lib[\\/]/.test(id) ? requireWhenUsed(code) : null),
    },
  ],
  logLevel: 'warn',
});

writeFileSync(join(root, 'dist/digest'), codeDigest(join(root, 'dist')));

const plugin = new Plugin({ root, isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
await plugin.load();
writeFileSync(join(root, 'oclif.manifest.json'), JSON.stringify(plugin.manifest));

/**
 * Moves what a module of oclif requires at its beginning to where it is used, as bundlers for telephones do. A command
 * that runs by itself has no use for most of oclif: its plugins, templates and help.
 */
function requireWhenUsed(code: string): string {
  const required = /^const (\w+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm;
  return [...code.matchAll(required)].reduce(
    (text, [line, name, loaded]) =>
      text.replace(line, '').replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `(${loaded})`),
    code,
  );
}

function commandIds(): string[] {
  return globSync('**/*.ts', { cwd: join(root, 'src/commands') }).map((file) => file.replace(/\.ts$/, ''));
}
