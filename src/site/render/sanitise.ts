import sanitizeHtml from 'sanitize-html';

const everywhere = ['id', 'class', 'title', 'lang', 'dir', 'role', 'aria-*', 'data-*'];

/** What a text on a website needs: structure, pictures, sound and film of its own, embedded maps and videos. */
const rules: sanitizeHtml.IOptions = {
  allowedTags: [
    ...sanitizeHtml.defaults.allowedTags,
    'img',
    'picture',
    'source',
    'figure',
    'figcaption',
    'video',
    'audio',
    'track',
    'details',
    'summary',
    'del',
    'ins',
    'abbr',
    'address',
    'mark',
    'small',
    'time',
    'wbr',
    'dl',
    'dt',
    'dd',
    'button',
  ],
  allowedAttributes: {
    '*': everywhere,
    a: ['href', 'name', 'target', 'rel', 'download', 'hreflang'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading', 'decoding', 'fetchpriority'],
    source: ['src', 'srcset', 'sizes', 'type', 'media', 'width', 'height'],
    video: ['src', 'poster', 'controls', 'width', 'height', 'preload', 'muted', 'loop', 'playsinline'],
    audio: ['src', 'controls', 'preload'],
    track: ['src', 'kind', 'srclang', 'label'],
    details: ['open'],
    time: ['datetime'],
    ol: ['start', 'reversed', 'type'],
    li: ['value'],
    th: ['colspan', 'rowspan', 'scope', 'align', 'style'],
    td: ['colspan', 'rowspan', 'align', 'style'],
    button: ['type'],
  },
  allowedStyles: { '*': { 'text-align': [/^(left|right|center|justify)$/] } },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sms', 'geo'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'srcset', 'poster', 'cite'],
  allowProtocolRelative: false,
};

/** Takes out of rendered HTML whatever could run, load a stranger's page or hide; keeps what a text needs. */
export const sanitise = (html: string): string => sanitizeHtml(html, rules);
