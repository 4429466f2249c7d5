import { memoryHost, memoryPlace } from '../../../src/adapters/hosts/_template.ts';
import { contractClock, hostContract } from '../../contracts/host.ts';

hostContract('the template', async () => {
  const place = memoryPlace();
  const texts = (files: ReadonlyMap<string, Uint8Array>) =>
    [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()] as const);
  return {
    open: (now) => memoryHost('memory:kaldi', place, contractClock(now)),
    live: async () => Object.fromEntries(texts(place.live)),
    before: [],
    put: async (path, text) => void place.live.set(path, Buffer.from(text)),
    remove: async (path) => void place.live.delete(path),
    aside: async () => texts(place.aside).map(([, text]) => text),
    dispose: async () => undefined,
  };
});
