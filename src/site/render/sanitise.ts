import sanitizeHtml from 'sanitize-html';
import { allowedAttributes, allowedTags } from './allowed-html.ts';

const rules: sanitizeHtml.IOptions = {
  allowedTags: [...allowedTags],
  allowedAttributes,
  // markdown-it sets the columns of a table so; everything else of a style can cover the page or ask a server.
  allowedStyles: { '*': { 'text-align': [/^(left|right|center|justify)$/] } },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sms', 'geo'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'srcset', 'poster', 'cite'],
  allowProtocolRelative: false,
  selfClosing: [...sanitizeHtml.defaults.selfClosing, 'source', 'track', 'col', 'wbr'],
  // An attribute without a value goes where it means nothing so; to download it means a lot.
  nonBooleanAttributes: sanitizeHtml.defaults.nonBooleanAttributes.filter((name) => name !== 'download'),
};

/** Takes out of rendered HTML whatever could run, load a stranger's page or hide; keeps what a text needs. */
export const sanitise = (html: string): string => sanitizeHtml(html, rules);
