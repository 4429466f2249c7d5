import { availableParallelism } from 'node:os';
import type { Digest } from '../../core/digest.ts';
import { step, tick } from '../../core/progress.ts';
import type { PictureMaker, Variant } from '../../site/pictures/picture-maker.ts';
import type { AssetSource } from '../../site/source/sources.ts';
import { encode } from './encode.ts';
import { type KeptVariant, openVariants } from './variant-store.ts';

/**
 * Makes pictures with sharp, as many at once as the machine has cores, and keeps them below `dir`.
 *
 * @param signal stops between two pictures; what is made by then is kept
 */
export function pictureMaker(dir: string, signal?: AbortSignal): PictureMaker {
  return {
    async *make(wanted) {
      const store = openVariants(dir);
      const made = new Map<Digest, AssetSource>();
      const missing: Variant[] = [];
      const take = ({ key, source }: Variant, { location, sha256, size }: KeptVariant) =>
        made.set(key, { path: source.path, file: source.file, location, sha256, size });
      for (const variant of new Map(wanted.map((one) => [one.key, one])).values()) {
        const kept = store.find(variant.key);
        if (kept) take(variant, kept);
        else missing.push(variant);
      }
      if (missing.length === 0) return made;

      yield step(`Making ${missing.length} ${missing.length === 1 ? 'picture' : 'pictures'}`);
      let done = 0;
      const makeOne = async (variant: Variant) =>
        take(variant, store.put(variant.key, await encode(variant)));
      for await (const _ of atOnce(missing, makeOne, availableParallelism())) {
        yield tick(++done, missing.length);
        signal?.throwIfAborted();
      }
      store.sweep(new Set(made.keys()));
      return made;
    },
  };
}

/**
 * Does something with each of a list, `count` at a time, and tells after each. Where one fails, the others that
 * have begun are waited for, and the first failure in the order of the list is thrown.
 */
async function* atOnce<T>(list: readonly T[], work: (one: T) => Promise<unknown>, count: number) {
  const open = new Map<number, Promise<{ n: number; error?: unknown }>>();
  const failures = new Map<number, unknown>();
  let next = 0;
  while (next < list.length || open.size > 0) {
    for (; next < list.length && open.size < count && failures.size === 0; next++) {
      const n = next;
      const one = list[n] as T;
      open.set(
        n,
        work(one).then(
          () => ({ n }),
          (error: unknown) => ({ n, error }),
        ),
      );
    }
    if (open.size === 0) break;
    const { n, error } = await Promise.race(open.values());
    open.delete(n);
    if (error !== undefined) failures.set(n, error);
    else yield n;
  }
  const [first] = [...failures].sort(([a], [b]) => a - b);
  if (first) throw first[1];
}
