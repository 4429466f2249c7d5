import { readFileSync } from 'node:fs';
import type { Command } from '@oclif/core';
import { Plugin } from '@oclif/core/config';

/** docs/reference/commands.md: every command with its words and options, read from the commands themselves. */
export async function commandsPage(root: string): Promise<string> {
  const pjson = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  pjson.oclif.commands = { strategy: 'pattern', target: './src/commands', globPatterns: ['**/*.ts'] };
  const plugin = new Plugin({ root, pjson, isRoot: true, ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  return `# Commands

Generated from \`src/commands\` by \`npm run docs\`. Every command also takes \`--json\`, \`--quiet\` and \`--workspace DIR\`.

${plugin.commands.map(section).join('\n')}`;
}

const shared = new Set(['json', 'quiet', 'workspace']);

function section(command: Command.Loadable): string {
  const words = Object.values(command.args).map(({ name }) => `<${name}>`);
  const flags = Object.values(command.flags).filter(({ name }) => !shared.has(name));
  const lines = flags.map((flag) => `- \`${flagWords(flag)}\` ${flag.description ?? flag.summary ?? ''}`);
  return `## ${['sec', ...command.id.split(':'), ...words].join(' ')}

${command.summary ?? ''}.
${lines.length > 0 ? `\n${lines.join('\n')}\n` : ''}`;
}

function flagWords(flag: Command.Flag.Cached): string {
  const value = flag.type === 'option' ? ` ${flag.helpValue ?? flag.name.toUpperCase()}` : '';
  const many = flag.type === 'option' && flag.multiple ? '…' : '';
  return `--${flag.name}${value}${many}`;
}
