import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '../../../core/digest.ts';
import type { LockPlace } from '../shared/lease-lock.ts';
import type { NetlifyApi } from './api.ts';

const KEY = 'sec_lock';

/**
 * The lock as a note in the site's metadata. The API has no compare-and-set: whoever writes waits until others who
 * saw no lock have written too, and looks whose note stayed.
 *
 * @param settle milliseconds of that wait
 */
export function lockNote(api: NetlifyApi, settle: number): LockPlace {
  const read = async () => {
    const text = (await api.metadata())[KEY];
    return typeof text === 'string' && text !== '' ? { text, version: sha256(text) } : undefined;
  };
  const write = async (text: string) => {
    await api.setMetadata({ ...(await api.metadata()), [KEY]: text });
    await wait(settle);
    return (await read())?.text === text ? sha256(text) : undefined;
  };
  return {
    read,
    create: async (text) => ((await read()) === undefined ? write(text) : undefined),
    replace: async (text, version) => ((await read())?.version === version ? write(text) : undefined),
    async remove(version) {
      if ((await read())?.version === version)
        await api.setMetadata({ ...(await api.metadata()), [KEY]: '' });
    },
  };
}
