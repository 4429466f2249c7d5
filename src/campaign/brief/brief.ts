import type { YamlSource } from '../../core/yaml.ts';
import type { BriefFields } from './schema.ts';

/** One language of a campaign as it was written: checked fields and the Markdown below them. */
export interface Brief {
  readonly language: string;
  /** Relative to the workspace, as errors name it. */
  readonly file: string;
  readonly fields: BriefFields;
  /** Markdown with merge fields. */
  readonly body: string;
  /** The file that the body stands in, and its line there: a translation may use the main one's. */
  readonly bodyFile: string;
  readonly bodyLine: number;
  /** Says where a field stands, also one that was inherited. */
  readonly place: YamlSource['place'];
}

/** One promotion of one client: its brief in each language. */
export interface Campaign {
  readonly client: string;
  /** The folder below campaigns/<client>/ and the word in commands. */
  readonly name: string;
  /** The language of campaign.md, which the others inherit from. */
  readonly language: string;
  /** By language, the main one first. */
  readonly briefs: ReadonlyMap<string, Brief>;
}

/** The main brief. */
export function mainBrief({ briefs, language }: Campaign): Brief {
  const brief = briefs.get(language);
  if (!brief) throw new TypeError('A campaign holds the brief of its own language.');
  return brief;
}
