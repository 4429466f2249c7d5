import { sha256 } from '../../../core/digest.ts';
import { parseLock } from '../../../publish/index.ts';
import type { LockPlace } from '../shared/lease-lock.ts';
import { quoteWord as q } from '../shared/shell-words.ts';
import type { RemoteLayout } from './address.ts';
import type { RemoteShell } from './shell.ts';

/**
 * The lock as a folder with its holder's record in it, made aside and moved to its name, which only one can do:
 * `mv -T` does not replace a folder that has something in it (rename(2)). Whoever has it clears away what stopped
 * runs were making; one who is still at it then finds out that the lock is taken.
 */
export function remoteLock(shell: RemoteShell, { releases, lock }: RemoteLayout): LockPlace {
  const tokenOf = (text: string) => parseLock(text)?.token.replaceAll(/[^A-Za-z0-9-]/g, '') ?? '';
  const take = (text: string) => {
    const own = `${lock}.${tokenOf(text)}`;
    return `
mkdir -p ${q(releases)} ${q(own)}
if ! printf '%s' ${q(text)} > ${q(`${own}/${tokenOf(text)}.json`)}; then
  if [ -d ${q(own)} ]; then return 1; fi
  printf 'busy'
  return 0
fi
if mv -T ${q(own)} ${q(lock)} 2> /dev/null; then
  rm -rf ${q(lock)}.*
  printf 'taken'
else
  rm -rf ${q(own)}
  printf 'busy'
fi`;
  };
  const sumOf = (folder: string) => `"$(cat ${q(folder)}/*.json 2> /dev/null | sha256sum | cut -c 1-64)"`;
  const outcome = async (script: string, text: string) =>
    (await shell.run(script)).endsWith('taken') ? sha256(text) : undefined;
  return {
    async read() {
      const text = await shell.run(`
if [ -d ${q(lock)} ]; then
  ls ${q(lock)} > /dev/null
  for record in ${q(lock)}/*.json; do if [ -e "$record" ]; then cat "$record"; fi; done
fi`);
      return text === '' ? undefined : { text, version: sha256(text) };
    },
    create: (text) => outcome(take(text), text),
    replace(text, version) {
      const record = `${lock}/${tokenOf(text)}.json`;
      const away = `${lock}.${tokenOf(text)}.away`;
      return outcome(
        `
if [ -e ${q(record)} ]; then
  printf '%s' ${q(text)} > ${q(`${record}.tmp`)}
  mv -T ${q(`${record}.tmp`)} ${q(record)}
  printf 'taken'
elif mv -T ${q(lock)} ${q(away)} 2> /dev/null; then
  if [ ${sumOf(away)} = ${q(version)} ]; then
    rm -rf ${q(away)}
    ${take(text)}
  else
    mv -T ${q(away)} ${q(lock)} 2> /dev/null || rm -rf ${q(away)}
    printf 'busy'
  fi
else
  ${take(text)}
fi`,
        text,
      );
    },
    async remove(version) {
      await shell.run(`
if [ -d ${q(lock)} ] && [ ${sumOf(lock)} = ${q(version)} ]; then
  rm -f ${q(lock)}/*.json
  rmdir ${q(lock)}
fi`);
    },
  };
}

/** A line of a script that stops it unless this run still holds the lock. */
export const assertLock = ({ lock }: RemoteLayout, token: string): string =>
  `if [ ! -e ${q(`${lock}/${token.replaceAll(/[^A-Za-z0-9-]/g, '')}.json`)} ]; then printf 'lost'; return 0; fi`;
