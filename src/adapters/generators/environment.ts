import { delimiter, join } from 'node:path';

/** What a generator needs to find its programs, folders and language. Everything else stays with sec. */
const passed = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'XDG_CACHE_HOME'],
  ...['LANG', 'LANGUAGE', 'SOURCE_DATE_EPOCH'],
  ...['GEM_HOME', 'GEM_PATH', 'GOPATH', 'GOCACHE', 'GOMODCACHE', 'VIRTUAL_ENV'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
  ...['TEMP', 'TMP', 'PROGRAMFILES', 'PROGRAMDATA'],
];
const isPassed = (name: string) => passed.includes(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name);

/**
 * The environment of a generator: a list of names that it may see, so that no key, password or setting of sec
 * reaches it. Programs of the site's own node_modules go before those of the machine.
 *
 * @param at what the site is shown as of, for generators that follow SOURCE_DATE_EPOCH
 *   (reproducible-builds.org/specs/source-date-epoch); one that is set already goes first
 */
export function generatorEnvironment(
  own: Readonly<NodeJS.ProcessEnv>,
  { cwd, timezone, at }: { cwd: string; timezone: string; at: Temporal.Instant },
): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(own).filter(([name]) => isPassed(name)));
  const path = Object.keys(kept).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    SOURCE_DATE_EPOCH: String(Math.floor(at.epochMilliseconds / 1000)),
    ...kept,
    [path]: [join(cwd, 'node_modules', '.bin'), kept[path] ?? ''].join(delimiter),
    TZ: timezone,
    NO_COLOR: '1',
  };
}
