import { entry } from './entry.ts';

/** How a list of files reads in a message: the first five, and how many more. */
function some(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${files.length - 5} more` : shown;
}

/** `2026-03-02 10:00 UTC` of an instant as locks hold it. */
const plainTime = (instant: string) =>
  String(instant)
    .replace('T', ' ')
    .replace(/:\d\d(\.\d+)?Z$/, ' UTC');

/** Failures of the room `publish`. Each says what is live now. */
export const publishErrors = {
  HOST_MISSING: entry<{ client: string; wanted?: string | undefined; known: readonly string[] }>({
    title: 'No host to publish to',
    exit: 'badConfig',
    message: ({ client, wanted }) =>
      wanted
        ? `sites/${client}/site.yaml names no host "${wanted}". Nothing was changed.`
        : `sites/${client}/site.yaml does not say where the site lives (host:). Nothing was changed.`,
    hint: ({ client, wanted, known }) => {
      if (!wanted) return `Add a line such as: host: file:public/${client}`;
      return known.length > 0
        ? `Hosts of ${client}: ${known.join(', ')}`
        : `It names no further hosts: leave ${wanted} out, and it is the one host of ${client}.`;
    },
  }),
  HOST_KIND_UNKNOWN: entry<{ scheme: string; known: readonly string[] }>({
    title: 'A kind of host that sec does not know',
    exit: 'badConfig',
    message: ({ scheme }) => `sec cannot publish to a host of the kind "${scheme}". Nothing was published.`,
    hint: ({ known }) => `This version publishes to: ${known.map((kind) => `${kind}:`).join(', ')}`,
  }),
  HOST_URL_SECRET: entry<{ kind: string }>({
    title: 'A password in site.yaml',
    exit: 'badConfig',
    message: ({ kind }) =>
      `The ${kind}: address of the host in site.yaml holds a password. It was not used, and nothing was published.`,
    hint: () =>
      'Take the password out of site.yaml and change it at the provider, because files are copied and shared. Then store the new one: sec login <client>',
  }),
  LOGIN_MISSING: entry<{ client: string; what: string; target: string }>({
    title: 'No login for the host',
    exit: 'badConfig',
    message: ({ target }) => `sec has no login for ${target} on this computer. Nothing was published.`,
    hint: ({ client, what }) =>
      `Store it, which asks for all that is needed and tries it: sec login ${client}${what === 'host' ? '' : ` ${what}`}`,
  }),
  FTP_NOT_ENCRYPTED: entry<{ target: string }>({
    title: 'FTP without encryption',
    exit: 'refused',
    message: ({ target }) =>
      `${target} offers no encryption (TLS): the password and all files would go over the net as plain text. No login was sent, and nothing was published.`,
    hint: () =>
      'Ask the provider for FTPS or SFTP. If the client has agreed to go without, write it into site.yaml with the day and the name: plainFtp: {agreed: 2026-01-31, by: Anna Berg}',
  }),
  HOST_FOLDER_UNSAFE: entry<{ target: string; problem: string }>({
    title: 'A folder that must not be published to',
    exit: 'badConfig',
    message: ({ target, problem }) =>
      `${target} cannot be the website's folder: ${problem}. Nothing was published.`,
    hint: () => 'Give the site a folder of its own in site.yaml, such as: host: file:public/bakery',
  }),
  PLACE_LIVE: entry<{ place: string; there: string }>({
    title: 'A folder that belongs to a website',
    exit: 'refused',
    message: ({ place, there }) =>
      `Nothing is written to ${place}: ${there} is there, and only a publication changes what is live.`,
    hint: () =>
      'Name another folder, such as one outside the workspace. To put a site live: sec site publish',
  }),
  HOST_FOLDER_MISSING: entry<{ target: string; missing: string }>({
    title: 'The folder above the website is missing',
    exit: 'unavailable',
    message: ({ target, missing }) =>
      `${target} cannot be reached: the folder ${missing} does not exist. Nothing was published, nothing was removed.`,
    hint: () =>
      'Is a disk or a network drive not connected? Else make that folder, or correct host: in site.yaml.',
  }),
  HOST_FAILED: entry<{ target: string; problem: string; live: string }>({
    title: 'The host refused',
    exit: 'stoppedPartWay',
    message: ({ target, problem, live }) => `${target}: ${problem}. ${live}`,
    hint: () => 'Mend that, then run the same command again: it continues where it stopped.',
  }),
  HOST_NOT_WRITABLE: entry<{ target: string; problem: string }>({
    title: 'The host cannot be written',
    exit: 'cannotCreate',
    message: ({ target, problem }) =>
      `${target}: ${problem}. Nothing was published; the live site is as it was.`,
    hint: () => 'Ask whoever runs that computer to let you write there, or correct host: in site.yaml.',
  }),
  HOST_STATE_UNREADABLE: entry<{ target: string; problem: string }>({
    title: "The host's state cannot be read",
    exit: 'unavailable',
    message: ({ target, problem }) =>
      `What is live on ${target} cannot be told: ${problem}. Nothing was published, nothing was removed.`,
    hint: () =>
      'sec does not guess here, because a guess could delete a site. See docs/reference/publish.md.',
  }),
  HOST_OF_ANOTHER: entry<{ client: string; target: string; owner: string }>({
    title: "Another client's host",
    exit: 'refused',
    message: ({ client, target, owner }) =>
      `${target} belongs to "${owner}", and this is the site of "${client}". Nothing was published.`,
    hint: ({ client }) => `Correct host: in sites/${client}/site.yaml. Each client needs a place of its own.`,
  }),
  HOST_MOVED: entry<{ target: string; recorded: string }>({
    title: 'The host was set up as another place',
    exit: 'refused',
    message: ({ target, recorded }) =>
      `The records found at ${target} were made for ${recorded}. Nothing was published.`,
    hint: () => 'Check host: in site.yaml. If a site was copied by hand, publish to a fresh folder instead.',
  }),
  HOST_LOCKED: entry<{ client: string; target: string; owner: string; since: string; doing: string }>({
    title: 'Somebody is publishing there now',
    exit: 'stoppedPartWay',
    message: ({ target, owner, since, doing }) =>
      `${target} is in use: ${owner} (${doing}, since ${plainTime(since)}). Nothing was changed.`,
    hint: ({ client }) =>
      `Wait and run it again. If that computer is gone for good: sec site unlock ${client}`,
  }),
  LOCK_LOST: entry<{ target: string }>({
    title: 'The lock was taken away',
    exit: 'stoppedPartWay',
    message: ({ target }) =>
      `Somebody else took over ${target} while this was being prepared. This run changed nothing that is live.`,
    hint: () => 'See what is live with: sec site status, then publish again if it is still needed.',
  }),
  LIVE_MOVED: entry<{ target: string }>({
    title: 'The live site changed meanwhile',
    exit: 'stoppedPartWay',
    message: ({ target }) =>
      `Somebody published to ${target} after the plan was made, so the plan no longer fits. Nothing was changed.`,
    hint: () => 'Run the same command again and look at the new plan.',
  }),
  DRIFT_FOUND: entry<{
    client: string;
    target: string;
    drift: readonly { readonly path: string; readonly change: 'changed' | 'added' | 'deleted' }[];
  }>({
    title: 'Somebody else changed the live site',
    exit: 'refused',
    message: ({ target, drift }) =>
      `Files on ${target} that this would replace or remove are not as sec left them: ${some(drift.map(({ path, change }) => `${path} (${change === 'added' ? 'put there' : change})`))}. Nothing was published.`,
    hint: ({ client }) =>
      `Ask who did it; if it is wanted, bring it into the client's pages first. To publish all the same and keep a copy of theirs: sec site publish ${client} --accept-drift`,
  }),
  PUBLISH_EMPTY: entry<{ client: string }>({
    title: 'An empty site',
    exit: 'badData',
    message: ({ client }) =>
      `The built site of "${client}" has no page at all. Nothing was published; what is live stays.`,
    hint: () => 'Look for drafts or dates in the future with: sec site build, then publish again.',
  }),
  PUBLISH_SHRINKS: entry<{ client: string; removals: number; live: number }>({
    title: 'The site would lose most of its files',
    exit: 'refused',
    message: ({ removals, live }) =>
      `This would remove ${removals} of the ${live} files that are live. Nothing was published or removed.`,
    hint: ({ removals }) => `Look at it with --dry-run. If it is what you want: --max-deletes ${removals}`,
  }),
  PUBLISH_TOO_MANY_DELETES: entry<{ removals: number; limit: number }>({
    title: 'More removals than allowed',
    exit: 'refused',
    message: ({ removals, limit }) =>
      `This would remove ${removals} files, and --max-deletes allows ${limit}. Nothing was published or removed.`,
    hint: ({ removals }) => `Look at it with --dry-run. If it is what you want: --max-deletes ${removals}`,
  }),
  PATHS_UNSAFE: entry<{ problems: readonly string[] }>({
    title: 'File names that no host can hold safely',
    exit: 'badData',
    message: ({ problems }) =>
      `The built site cannot be published: ${some(problems)}. Nothing was published.`,
    hint: () => 'Rename these pages or files, and build again.',
  }),
  RELEASE_DAMAGED: entry<{ path: string; live: string }>({
    title: 'A file of the release is damaged',
    exit: 'io',
    message: ({ path, live }) => `The bytes of ${path} are not the ones that were built. ${live}`,
    hint: () => 'Build the site again and publish that. If it was a rollback, choose another release.',
  }),
  RELEASE_UNKNOWN: entry<{ client: string; release: string; known: readonly string[] }>({
    title: 'A release that is not kept',
    exit: 'usage',
    message: ({ client, release }) =>
      `There is no release "${release}" of "${client}" on this computer, or the word fits several. Nothing was changed.`,
    hint: ({ client, known }) =>
      known.length > 0
        ? `Kept here: ${known.join(', ')}. More about them: sec site history ${client}`
        : `None is kept yet. Publish first: sec site publish ${client}`,
  }),
  ROLLBACK_IMPOSSIBLE: entry<{ client: string }>({
    title: 'Nothing to go back to',
    exit: 'usage',
    message: ({ client }) =>
      `"${client}" has no earlier release on this computer to go back to. Nothing was changed.`,
    hint: ({ client }) => `See what is kept: sec site history ${client}`,
  }),
  VERIFY_FAILED: entry<{ client: string; target: string; files: readonly string[] }>({
    title: 'What is live is not what was published',
    exit: 'io',
    message: ({ target, files }) =>
      `The new release is live on ${target}, but these files did not read back as published: ${some(files)}. Nothing old was cleaned away.`,
    hint: ({ client }) =>
      `Bring them again: sec site publish ${client} --accept-drift. Or go back: sec site rollback ${client} --accept-drift. What differs: sec site status ${client}`,
  }),
  AUDIT_BROKEN: entry<{ entry: number; problem: string }>({
    title: 'The audit log was changed',
    exit: 'problems',
    message: ({ entry: at, problem }) => `The audit log does not hold together at entry ${at}: ${problem}.`,
    hint: () => 'Compare it with a backup, and with the chain heads on the receipts that clients have.',
  }),
};
