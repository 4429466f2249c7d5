import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Secrets } from '../../publish/index.ts';
import { readPrivate } from './private-file.ts';

const plainFile = (folder: string, client: string) => join(folder, `${client}.json`);

/**
 * Logins that an earlier sec kept in a file that was not encrypted; undefined where there is none. They are read
 * until the vault is written next, and are sealed in it then.
 *
 * @throws VAULT_UNREADABLE
 */
export function readPlain(folder: string, client: string): Record<string, Secrets> | undefined {
  const broken = (problem: string, cause?: unknown) => fail('VAULT_UNREADABLE', { client, problem }, cause);
  const bytes = readPrivate(plainFile(folder, client), broken);
  if (!bytes) return undefined;
  let value: { v?: unknown; client?: unknown; entries?: Record<string, Secrets> };
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw broken('the file is damaged', error);
  }
  if (value.v !== 1 || typeof value.entries !== 'object')
    throw broken('the file is not of a kind that this version of sec knows');
  if (value.client !== client) throw broken('the file is that of another client');
  return value.entries;
}

export const removePlain = (folder: string, client: string): void =>
  rmSync(plainFile(folder, client), { force: true });
