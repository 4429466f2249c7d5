import { looksLikeEmail } from '../core/email-text.ts';

export const isEmail = (text: string) => looksLikeEmail(text) || 'This is not an e-mail address.';

export const isUrl = (text: string) =>
  (/^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)) ||
  'Write the whole address, such as https://example.com.';

/** `lv, en` as languages; `en` where nothing was said. */
export const splitLocales = (text = 'en') => text.split(',').map((locale) => locale.trim());
