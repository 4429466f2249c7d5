/** Where things are around a web root that is published to file by file. Paths are those of `SiteFiles`. */
export interface FilesLayout {
  readonly target: string;
  /** What the web server serves. */
  readonly root: string;
  /** The folder of sec's own records. */
  readonly state: string;
  readonly manifest: string;
  /** What a run that has not ended is about to do. */
  readonly journal: string;
  /** Size and time of each file as sec left it. */
  readonly stamps: string;
  readonly lock: string;
  /** Somebody else's files that made way. */
  readonly aside: string;
}

/** The layout with its records in a given folder. */
export function layoutIn(target: string, root: string, state: string): FilesLayout {
  return {
    target,
    root,
    state,
    manifest: `${state}/manifest.json`,
    journal: `${state}/journal.json`,
    stamps: `${state}/stamps.json`,
    lock: `${state}/lock`,
    aside: `${state}/kept`,
  };
}

/** First folder below a web root where nothing can be kept beside it. */
export const INSIDE = '.sec';

/** The records' places, best first: beside the web root, where no visitor reaches them, else inside it. */
export function layoutsFor(target: string, root: string): FilesLayout[] {
  const slash = root.lastIndexOf('/');
  const name = root.slice(slash + 1);
  const inside = layoutIn(target, root, `${root}/${INSIDE}`);
  return name === '' ? [inside] : [layoutIn(target, root, `${root.slice(0, slash)}/.${name}.sec`), inside];
}

/** `/` before a path, once: a web root of `` is the very top. */
export const at = (root: string, path: string): string => `${root}/${path}`;
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
