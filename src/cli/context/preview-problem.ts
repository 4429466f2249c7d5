import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExcerptLine, PreviewProblem } from '../../web/site-preview/session.ts';
import { redact } from '../redact.ts';
import { asSecError } from '../report-error.ts';

const AROUND = 2;

/** A failed build in the words of the catalogue, with the lines of the file around the mistake. */
export function explainProblem(error: unknown, root: string): PreviewProblem {
  const { message, hint, details } = asSecError(error, ['site', 'preview']);
  const { file, line } = details;
  const excerpt =
    typeof file === 'string' && typeof line === 'number' ? excerptOf(join(root, file), line) : [];
  return { message: redact(message), hint: redact(hint), excerpt };
}

function excerptOf(path: string, line: number): ExcerptLine[] {
  try {
    const lines = readFileSync(path, 'utf8').split(/\r?\n/);
    const first = Math.max(1, line - AROUND);
    return lines
      .slice(first - 1, line + AROUND)
      .map((text, n) => ({ number: first + n, text: text.slice(0, 200), isWrong: first + n === line }));
  } catch {
    return [];
  }
}
