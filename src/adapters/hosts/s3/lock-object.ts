import type { LockPlace } from '../shared/lease-lock.ts';
import type { ObjectStore } from './store.ts';

const LOCK = '.sec/lock.json';
const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** The lock as an object that is written only as it was seen last (conditional writes of the S3 API). */
export function lockObject(store: ObjectStore): LockPlace {
  return {
    async read() {
      const found = await store.get(LOCK);
      return found && { text: found.bytes.toString(), version: found.etag };
    },
    create: (text) => store.put(LOCK, Buffer.from(text), headers, 'new'),
    replace: (text, version) => store.put(LOCK, Buffer.from(text), headers, { etag: version }),
    async remove(version) {
      if ((await store.head(LOCK))?.etag === version) await store.remove(LOCK);
    },
  };
}
