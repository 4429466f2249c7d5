import sanitizeHtml from 'sanitize-html';

/** Elements of a text, beside those that sanitize-html allows by itself: nothing that runs or asks another server for a page. */
export const allowedTags: readonly string[] = [
  ...sanitizeHtml.defaults.allowedTags,
  'img',
  'picture',
  'source',
  'video',
  'audio',
  'track',
  'details',
  'summary',
  'del',
  'ins',
  'button',
];

/** What every element may have. `aria-*` and `data-*` stand for all of their kind. */
const everywhere = ['id', 'class', 'title', 'lang', 'dir', 'role', 'aria-*', 'data-*'];

/** What an element may have beside that. An address in it is checked as well. */
export const allowedAttributes: Readonly<Record<string, string[]>> = {
  '*': everywhere,
  a: ['href', 'name', 'target', 'rel', 'download', 'hreflang'],
  img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading', 'decoding', 'fetchpriority'],
  source: ['src', 'srcset', 'sizes', 'type', 'media', 'width', 'height'],
  video: ['src', 'poster', 'controls', 'width', 'height', 'preload', 'muted', 'loop', 'playsinline'],
  audio: ['src', 'controls', 'preload'],
  track: ['src', 'kind', 'srclang', 'label', 'default'],
  details: ['open', 'name'],
  time: ['datetime'],
  data: ['value'],
  blockquote: ['cite'],
  q: ['cite'],
  del: ['cite', 'datetime'],
  ins: ['cite', 'datetime'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  col: ['span'],
  colgroup: ['span'],
  th: ['colspan', 'rowspan', 'scope', 'abbr', 'headers', 'align', 'style'],
  td: ['colspan', 'rowspan', 'headers', 'align', 'style'],
  button: ['type'],
};
