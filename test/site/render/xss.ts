import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../fixtures/xss');

export interface Payload {
  readonly kind: string;
  readonly text: string;
}

/** The attacks of test/fixtures/xss. */
export const payloads: readonly Payload[] = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ kind: name.replace('.txt', '').replaceAll('-', ' '), text: asMeant(line) })),
  );

function asMeant(line: string): string {
  return line
    .replaceAll('⏎', '\n')
    .replaceAll('⇥', '\t')
    .replaceAll('␀', '\0')
    .replaceAll('␁', '\x01')
    .replace(/‹([0-9a-f]+)›/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
