import { digestOf } from '../../core/digest.ts';
import type { BuiltPage } from '../../site/built-page.ts';
import { type LiveChanges, liveChanges, pathChanges } from '../../site/edit/live-changes.ts';
import { decode, outputPath } from '../../site/page/address.ts';
import type { PreviewState } from './session.ts';

/** What the bar says of the page below it. */
export interface PageState {
  /** Against the live site; `missing` where the address has no page, `unknown` where nobody could compare. */
  readonly standing: 'new' | 'changed' | 'same' | 'missing' | 'unknown';
  readonly page: BuiltPage | undefined;
  /** Absent where the live site could not be asked. */
  readonly changes: LiveChanges | undefined;
  /** Names what the page looks like: it is loaded again when this is another one. */
  readonly look: string;
}

/** The file that an address shows; undefined where there is none. */
export function fileFor(state: PreviewState, pathname: string): string | undefined {
  const path = outputPath(decode(pathname));
  return state.build?.release.files.has(path) ? path : undefined;
}

/** Looks at one page of what the preview shows. @param pathname as the browser asks for it */
export function pageState(state: PreviewState, pathname: string): PageState {
  const { build, live } = state;
  if (!build) return { standing: 'missing', page: undefined, changes: undefined, look: 'none' };
  const path = fileFor(state, pathname);
  const now = path === undefined ? undefined : build.release.files.get(path)?.sha256;
  const look = lookOf(state, path ?? '404.html');
  const page = build.outline.find((one) => one.path === path);
  if (live.kind === 'unknown') return { standing: 'unknown', page, changes: undefined, look };
  const before = path === undefined ? undefined : live.files.get(path)?.sha256;
  const standing =
    now === undefined ? 'missing' : before === undefined ? 'new' : before === now ? 'same' : 'changed';
  return {
    standing,
    page,
    changes: liveChanges(pathChanges(live.files, build.release.files), build.outline),
    look,
  };
}

const SEEN = /\.(css|js|mjs|json|png|jpe?g|webp|avif|gif|svg|ico|woff2?)$/i;

/** A page and what any page may show: a stylesheet or a picture that changes is seen on it too. */
function lookOf({ build }: PreviewState, path: string): string {
  const files = [...(build?.release.files ?? [])];
  return digestOf(files.filter(([name]) => name === path || SEEN.test(name))).slice(0, 16);
}
