import { isObject } from '../source/plain.ts';
import type { Dimensions } from '../source/sources.ts';
import { escapeHtml } from './escape.ts';
import { type Helpers, Html } from './register-helpers.ts';

/** Pictures with their width and height, so that a page does not jump while they load. */
export const pictureHelpers: Helpers = {
  image({ env, named }, source) {
    const written = isObject(source) ? source : { src: source };
    const src = env.address(String(written.src ?? ''));
    if (src === '') throw new TypeError('the picture has no address');
    const size = env.read(`picture:${src}`) as Dimensions | undefined;
    const attributes: Record<string, unknown> = {
      src,
      alt: named.alt ?? written.alt ?? '',
      width: named.width ?? size?.width,
      height: named.height ?? size?.height,
      class: named.class,
      sizes: named.sizes,
      loading: named.loading ?? 'lazy',
      fetchpriority: named.loading === 'eager' ? 'high' : undefined,
      decoding: 'async',
    };
    const shown = Object.entries(attributes).filter(([, value]) => value !== undefined);
    return new Html(
      `<img ${shown.map(([name, value]) => `${name}="${escapeHtml(String(value))}"`).join(' ')}>`,
    );
  },
};
