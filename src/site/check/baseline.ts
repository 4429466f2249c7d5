import { z } from 'zod';
import { checkYaml, parseYaml } from '../../core/yaml.ts';
import type { Finding } from './finding.ts';

const entrySchema = z.strictObject({
  rule: z.string().describe('The name of the rule, as sec site check shows it'),
  file: z.string().describe('The file of the finding, relative to the workspace'),
  text: z
    .string()
    .optional()
    .describe('The link, picture or words; without it, all of that rule in the file'),
  note: z.string().optional().describe('Why it is accepted'),
});

/** `sites/<client>/check-baseline.yaml`: what a client accepts of the findings. */
const baselineSchema = z.strictObject({ accepted: z.array(entrySchema).default([]) });

export type Accepted = z.output<typeof entrySchema>;

/** @throws YAML_BROKEN, FIELD_INVALID */
export const readBaseline = (text: string, file: string): Accepted[] =>
  checkYaml(parseYaml(text, file), baselineSchema).accepted;

export interface Judged {
  readonly shown: readonly Finding[];
  readonly accepted: readonly Finding[];
  /** Entries that no finding fits any more. */
  readonly unused: readonly Accepted[];
}

/** Parts the findings into those to show and those that the client accepts. */
export function judge(findings: readonly Finding[], baseline: readonly Accepted[]): Judged {
  const used = new Set<Accepted>();
  const { shown = [], accepted = [] } = Object.groupBy(findings, (finding) => {
    const fitting = baseline.filter((entry) => fits(entry, finding));
    for (const entry of fitting) used.add(entry);
    return fitting.length > 0 ? 'accepted' : 'shown';
  });
  return { shown, accepted, unused: baseline.filter((entry) => !used.has(entry)) };
}

const fits = ({ rule, file, text }: Accepted, finding: Finding) =>
  rule === finding.rule && file === finding.file && (text === undefined || text === finding.text);

/** The baseline that accepts these too: entries that are used stay with their notes, the others go. */
export function acceptAll({ shown, unused }: Judged, baseline: readonly Accepted[]): Accepted[] {
  const added = shown.map(({ rule, file, text }) =>
    text === undefined ? { rule, file } : { rule, file, text },
  );
  const distinct = new Map(added.map((entry) => [JSON.stringify(entry), entry]));
  return [...baseline.filter((entry) => !unused.includes(entry)), ...distinct.values()];
}
