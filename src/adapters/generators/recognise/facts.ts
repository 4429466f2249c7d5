import { isSecError } from '../../../core/errors/index.ts';
import { parseYaml } from '../../../core/yaml.ts';
import type { Project } from './project.ts';
import { tomlFacts } from './toml.ts';

/** A generator's settings, read but never run. */
export type Facts = Readonly<Record<string, unknown>>;

/** The settings of a TOML, YAML or JSON file; none where it is not there or cannot be read. */
export function factsOf(project: Project, path: string | undefined): Facts {
  const text = path === undefined ? undefined : project.text(path);
  if (path === undefined || text === undefined) return {};
  if (path.endsWith('.toml')) return tomlFacts(text);
  try {
    return objectOf(parseYaml(text, path).value);
  } catch (error) {
    if (isSecError(error)) return {};
    throw error;
  }
}

/** A setting by its name, in whatever case it is written. */
function setting(facts: Facts, name: string): unknown {
  const key = Object.keys(facts).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : facts[key];
}

/** A setting that is a text with something in it. */
export function textSetting(facts: Facts, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = setting(facts, name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

export const group = (facts: Facts, name: string): Facts => objectOf(setting(facts, name));

function objectOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : {};
}

/** The text that stands after `key:` in a program's source, which is looked at and never run. */
export const quotedAfter = (source: string, key: string): string | undefined =>
  new RegExp(`\\b${key}\\s*:\\s*(["'\`])([^"'\`\\n]+)\\1`).exec(source)?.[2];

/** Titles and addresses that generators begin with; nobody means them. */
const beginnings =
  /^(my new hugo site|your awesome title|my docs|my awesome project|(https?:\/\/)?((www\.)?example\.(com|org|net)|localhost|your-?domain\.com)(:\d+)?\/?)$/i;

const real = (text: string | undefined) => (text && !beginnings.test(text) ? text : undefined);

export const businessName = real;

/** A site's address, as site.yaml has it. */
export function siteUrl(written: string | undefined): string | undefined {
  const url = real(written)?.replace(/\/+$/, '');
  return url !== undefined && /^https?:\/\/[^\s/]+/i.test(url) && URL.canParse(url) ? url : undefined;
}

/** Languages as site.yaml writes them, without what is none: `en_us` is `en-US`. */
export function localesOf(codes: readonly (string | undefined)[]): string[] | undefined {
  const found = codes.flatMap((code) => {
    const [, language = '', country] = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?$/i.exec(code ?? '') ?? [];
    return language ? [language.toLowerCase() + (country ? `-${country.toUpperCase()}` : '')] : [];
  });
  return found.length > 0 ? [...new Set(found)] : undefined;
}

/** A folder as generators write it: `./public/` is `public`. */
export const folder = (written: string) =>
  written
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/') || '.';
