import { isSecError, type SecError } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/client.ts';
import { checkKind } from '../page/kind.ts';
import { readPage } from '../page/read-page.ts';
import type { TextSource } from '../source/sources.ts';
import { asError, type Finding } from './finding.ts';

/** What is wrong with the fields of each page: a build stops at the first one, this tells of all. */
export function sourceProblems(content: readonly TextSource[], { config, timezone }: Client): Finding[] {
  return content.flatMap((source) => {
    try {
      const page = readPage(source, { locales: config.locales, timezone });
      if (!('foreign' in page)) checkKind(page, config.kinds);
      return [];
    } catch (error) {
      if (!isSecError(error)) throw error;
      return [asFinding(error, source.file)];
    }
  });
}

/** A failure that a site's own files cause, as a finding. @param file where the failure names none */
export function asFinding({ code, message, hint, details }: SecError, file: string): Finding {
  const place = details as { file?: string; line?: number };
  return asError({
    file: place.file ?? file,
    ...(place.line === undefined ? {} : { line: place.line }),
    rule: code.toLowerCase().replaceAll('_', '-'),
    message: message.replace(/ (Nothing was changed|The last good build was kept)\.$/, ''),
    fix: hint,
  });
}
