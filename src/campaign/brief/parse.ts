import { fail } from '../../core/errors/index.ts';
import { type FrontMatter, readFrontMatter } from '../../core/front-matter.ts';
import { checkYaml, type FieldPath, type YamlSource } from '../../core/yaml.ts';
import type { Brief, Campaign } from './brief.ts';
import { briefSchema } from './schema.ts';

/** A brief's text as it lies in the campaign's folder. */
export interface BriefText {
  /** From the file's name: `en` for campaign.en.md, absent for campaign.md. */
  readonly language?: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly text: string;
}

/** What one campaign decides once for all its languages. */
const shared = ['list', 'where', 'starts', 'ends', 'language', 'web'];

/**
 * Reads a campaign's briefs. A translation says what differs, and inherits the rest: fields one by one, the
 * entries of lists (offers) by their position, the text as a whole.
 *
 * @param language the language of campaign.md where the file does not say one
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, FIELD_INVALID with file, line and field
 */
export function parseCampaign(
  client: string,
  name: string,
  main: BriefText,
  translations: readonly BriefText[],
  language: string,
): Campaign {
  const matter = readFrontMatter(main.text, main.file);
  const fields = checkYaml(matter.yaml, briefSchema, { once: true });
  const first: Brief = {
    language: fields.language ?? language,
    file: main.file,
    fields,
    body: matter.body,
    bodyFile: main.file,
    bodyLine: matter.bodyLine,
    place: matter.yaml.place,
  };
  const briefs = new Map([[first.language, first]]);
  for (const text of translations) {
    const brief = parseTranslation(text, matter, first);
    briefs.set(brief.language, brief);
  }
  return { client, name, language: first.language, briefs };
}

function parseTranslation({ language = '', file, text }: BriefText, main: FrontMatter, first: Brief): Brief {
  const own = readFrontMatter(text, file);
  if (language === first.language)
    throw fail('FIELD_INVALID', { file, problem: `campaign.md is the ${language} text already` });
  const said = asRecord(own.yaml.value);
  for (const key of shared.filter((key) => key in said))
    throw fail('FIELD_INVALID', {
      ...own.yaml.place([key]),
      problem: 'this is decided once for all languages',
      fits: `Remove it here; it stands in ${first.file}.`,
    });
  const merged: Omit<YamlSource, 'document'> = {
    file,
    value: inherit(asRecord(main.yaml.value), said),
    place: (path) => (holds(said, path) ? own.yaml.place(path) : main.yaml.place(path)),
  };
  const hasBody = own.body.trim() !== '';
  return {
    language,
    file,
    fields: checkYaml(merged, briefSchema, { once: true }),
    body: hasBody ? own.body : first.body,
    bodyFile: hasBody ? file : first.file,
    bodyLine: hasBody ? own.bodyLine : first.bodyLine,
    place: merged.place,
  };
}

function inherit(main: unknown, own: unknown): unknown {
  if (Array.isArray(main) && Array.isArray(own))
    return Array.from({ length: Math.max(main.length, own.length) }, (_, n) => inherit(main[n], own[n]));
  if (isRecord(main) && isRecord(own)) {
    const keys = new Set([...Object.keys(main), ...Object.keys(own)]);
    return Object.fromEntries([...keys].map((key) => [key, inherit(main[key], own[key])]));
  }
  return own === undefined ? main : own;
}

function holds(value: unknown, path: FieldPath): boolean {
  let found = value;
  for (const part of path) {
    if (!isRecord(found) && !Array.isArray(found)) return false;
    if (!Object.hasOwn(found, part)) return false;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return true;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asRecord = (value: unknown) => (isRecord(value) ? value : {});
