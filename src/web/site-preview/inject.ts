import { html } from '../html.ts';

/**
 * A page with the bar's frame at its end. Only the preview's responses have it; what is built and published is
 * never touched.
 */
export function withBar(page: string, pathname: string): string {
  const frame = html`<aside aria-label="Preview" style="display:block;height:44px"><style>@media print{#sec-preview-bar{display:none}}</style><iframe id="sec-preview-bar" title="Preview: what differs from the live site" src="/.sec/bar?page=${encodeURIComponent(pathname)}" style="position:fixed;inset:auto 0 0 0;width:100%;height:44px;border:0;margin:0;z-index:2147483647;color-scheme:dark"></iframe></aside>`;
  const end = page.toLowerCase().lastIndexOf('</body>');
  return end < 0 ? page + frame.text : page.slice(0, end) + frame.text + page.slice(end);
}
