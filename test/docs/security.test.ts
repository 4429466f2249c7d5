import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, attempt]) => attempt !== 'attempt');

/** Words of each threat that the tool is built against; each must have its row. */
const threats = [
  'formula',
  'second recipient',
  'Handlebars',
  '---js',
  'alias bombs',
  '__proto__',
  'Scripts in pages',
  'Scripts in previews',
  'slugs',
  'listing of a host',
  'Symbolic links',
  'SSRF',
  'secrets in errors',
  'SSH key',
  'FTP without',
  '-oProxyCommand',
  'forged',
  'used again',
  'scanner',
  'CSRF',
  'clickjacking',
  'Fifty decisions',
  'events of a mail provider',
  'One client',
  'Two at once',
  'record of sends is changed',
  'audit log is changed',
  'Markdown that takes',
  'regular expression',
  'Expressions',
];

describe('the table of threats', () => {
  it.each(rows)('%s%s has its attempt', (_, attempt = '', happens = '', files = '') => {
    expect(attempt).not.toBe('');
    expect(happens).not.toBe('');
    const named = files.split(',').map((file) => file.trim().replaceAll('`', ''));
    expect(named.filter((file) => !/^test\/\S+\.ts$/.test(file) || !existsSync(join(root, file)))).toEqual(
      [],
    );
  });

  it.each(threats)('has a row for %s', (words) =>
    expect(rows.filter(([, attempt = '']) => attempt.includes(words)).length).toBeGreaterThan(0),
  );
});
