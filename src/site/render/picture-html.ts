import type { PictureSet } from '../pictures/variants.ts';
import { escapeHtml } from './escape.ts';

/** The width that a picture in a text takes, as far as sec can know it; browsers that can tell do so themselves. */
export const TEXT_SIZES = '(min-width: 48rem) 46rem, 100vw';

/** A browser that loads a picture late knows its width by then. */
export const lateSizes = (sizes: string, loading: unknown) =>
  loading === 'lazy' && !sizes.startsWith('auto') ? `auto, ${sizes}` : sizes;

/** An `img` element, inside a `picture` with all formats and sizes. */
export function pictureHtml({ sources }: PictureSet, img: string, sizes: string): string {
  const formats = sources.map(
    ({ type, srcset }) =>
      `<source type="${type}" srcset="${escapeHtml(srcset)}" sizes="${escapeHtml(sizes)}">`,
  );
  return `<picture>${formats.join('')}${img}</picture>`;
}
