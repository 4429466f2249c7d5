import type { Problem } from '../../core/problem.ts';

/** A problem of a site, and the words that it is about, by which a client's baseline knows it again. */
export interface Finding extends Problem {
  /** The link, the picture, the phrase; absent where the finding concerns the whole page. */
  readonly text?: string;
}

type Found = Omit<Finding, 'severity'>;
export const asError = (found: Found): Finding => ({ ...found, severity: 'error' });
export const asWarning = (found: Found): Finding => ({ ...found, severity: 'warning' });

/**
 * By file and line, each once. What a layout brings to many pages is said once, with their number, where no line
 * of a source tells that it is one and the same.
 */
export function arrangeFindings(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const groups = Map.groupBy(distinct.values(), (finding) =>
    finding.line === undefined && finding.text !== undefined
      ? JSON.stringify([finding.rule, finding.message])
      : JSON.stringify(finding),
  );
  const told = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length <= MANY) return group;
    return [{ ...first, message: `${first.message} The same on ${group.length - 1} other pages.` }];
  });
  return told.sort(byPlace);
}

/** From so many pages on, a finding that is the same on each is the layout's. */
const MANY = 3;

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
