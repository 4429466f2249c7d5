import type { DeskRequest } from './server.ts';

/**
 * Whether a POST comes from the desk's own page. A page that tells nobody where it comes from (no-referrer) sends
 * `Origin: null` with its forms (Fetch standard, section 3.2); then what the browser says of the site must do,
 * which no page can forge.
 */
export function isSameOrigin({ header }: Pick<DeskRequest, 'header'>, origin: string): boolean {
  const said = header('origin');
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  if (said === origin) return true;
  return (said === 'null' || said === undefined) && site === 'same-origin';
}
