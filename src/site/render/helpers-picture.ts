import type { PictureSet } from '../pictures/variants.ts';
import { isObject } from '../source/plain.ts';
import type { Dimensions } from '../source/sources.ts';
import { escapeHtml } from './escape.ts';
import { lateSizes, pictureHtml, TEXT_SIZES } from './picture-html.ts';
import { type Helpers, Html } from './register-helpers.ts';

/** Pictures in all sizes, with their width and height, so that a page does not jump while they load. */
export const pictureHelpers: Helpers = {
  image({ env, named }, source) {
    const written = isObject(source) ? source : { src: source };
    const src = env.address(String(written.src ?? ''));
    if (src === '') throw new TypeError('the picture has no address');
    const known = env.read(`picture:${src}`) as Dimensions | PictureSet | undefined;
    const set = known && 'sources' in known ? known : undefined;
    const loading = named.loading ?? 'lazy';
    const sizes = lateSizes(String(named.sizes ?? TEXT_SIZES), loading);
    const attributes: Record<string, unknown> = {
      src: set?.fallback ?? src,
      alt: named.alt ?? written.alt ?? '',
      width: named.width ?? known?.width,
      height: named.height ?? known?.height,
      class: named.class,
      loading,
      fetchpriority: loading === 'eager' ? 'high' : undefined,
      decoding: 'async',
    };
    const shown = Object.entries(attributes).filter(([, value]) => value !== undefined);
    const img = `<img ${shown.map(([name, value]) => `${name}="${escapeHtml(String(value))}"`).join(' ')}>`;
    return new Html(set ? pictureHtml(set, img, sizes) : img);
  },
};
