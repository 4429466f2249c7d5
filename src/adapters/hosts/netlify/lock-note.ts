import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '../../../core/digest.ts';
import type { LockPlace } from '../shared/lease-lock.ts';
import type { NetlifyApi } from './api.ts';

const KEY = 'sec_lock';

type Metadata = Readonly<Record<string, unknown>>;

/**
 * The lock as a note in the site's metadata. The API has no compare-and-set: whoever writes waits until others who
 * saw no lock have written too, and looks whose note stayed.
 *
 * @param settle milliseconds of that wait
 */
export function lockNote(api: NetlifyApi, settle: number): LockPlace {
  const noteIn = (metadata: Metadata) => {
    const text = metadata[KEY];
    return typeof text === 'string' && text !== '' ? { text, version: sha256(text) } : undefined;
  };
  const read = async () => noteIn(await api.metadata());
  /** Writes where the note is at that version; undefined stands for none. What others keep there stays. */
  const write = async (text: string, on: string | undefined) => {
    const metadata = await api.metadata();
    if (noteIn(metadata)?.version !== on) return undefined;
    await api.setMetadata({ ...metadata, [KEY]: text });
    await wait(settle);
    return (await read())?.text === text ? sha256(text) : undefined;
  };
  return {
    read,
    create: (text) => write(text, undefined),
    replace: write,
    async remove(version) {
      const metadata = await api.metadata();
      if (noteIn(metadata)?.version === version) await api.setMetadata({ ...metadata, [KEY]: '' });
    },
  };
}
