import { join } from 'node:path';

export type Client = 'north' | 'south';

/** The word that is in everything that a client confides. */
export const canary: Readonly<Record<Client, string>> = { north: 'zanzibar', south: 'xylophone' };

/** What somebody who works for one client may have come by of the other. */
export interface OfOther {
  /** The beginning of a release's digest. */
  readonly release: string;
  readonly request: string;
  /** From a mail to the other client's approver. */
  readonly code: string;
}

export type Line = (client: Client, other: Client, dir: string, of: OfOther) => readonly string[];

const importOwn: Line = (c, _o, dir) =>
  words(`list import ${c} customers`, join(dir, `lists/${c}.csv`), '--basis customer --yes');
const publish: Line = (c) => words(`site publish ${c} --yes`);
const send: Line = (c) => words(`promo send ${c} spring --yes`);
const ask: Line = (c) => words(`approval request ${c} autumn --no-mail --yes`);

/** What each client has before anything else is tried: people, a website, a campaign that went out, one that is asked about. */
export const firstLines: readonly Line[] = [importOwn, publish, send, ask];

const site: readonly Line[] = [
  publish,
  (c) => words(`site publish ${c} --yes --require-approval`),
  (c) => words(`site rollback ${c} --yes`),
  (c) => words(`site status ${c}`),
  (c) => words(`site history ${c}`),
  (c) => words(`site edits ${c}`),
  (c) => words(`site check ${c}`),
  (c) => words(`site clean ${c}`),
  (c) => words(`site undo ${c} --yes`),
  (c, _o, dir) => words(`site build ${c} --out`, join(dir, `seen-${c}/site`)),
  (c, o, dir) => words(`site build ${c} --out`, join(dir, `sites/${o}/static`)),
  (c) => words(`site update ${c} _index --set description=new --yes`),
  (c) => words(`site update ${c} _index --set description=newer --no-publish --yes`),
  (c, _o, _dir, { release }) => words(`site publish ${c} --release ${release} --yes`),
  (c, _o, _dir, { release }) => words(`site rollback ${c} ${release} --yes`),
];

const lists: readonly Line[] = [
  importOwn,
  (c, o, dir) =>
    words(`list import ${c} customers`, join(dir, `sites/${o}/lists/own.csv`), '--basis customer --yes'),
  (c, _o, dir) => words(`list export ${c} customers --out`, join(dir, `export-${c}.csv`), '--yes'),
  (c) => words(`list show ${c} customers`),
  (c) => words(`list check ${c} customers`),
  (c) => words(`list suppress ${c} both@shared.example`),
  (c) => words(`list allow ${c} both@shared.example --yes`),
];

const promotions: readonly Line[] = [
  send,
  (c) => words(`promo check ${c} spring`),
  (c) => words(`promo send ${c} spring --yes --require-approval`),
  (c, o, dir) =>
    words(`promo send ${c} spring --csv`, join(dir, `sites/${o}/lists/own.csv`), '--basis customer --yes'),
  (c) => words(`promo send ${c} sprnig --yes`),
  (c, o) => words(`promo status ${c} ${canary[o].slice(0, 4)}`),
  (c) => words(`promo status ${c} spring`),
  (c) => words(`promo report ${c} spring`),
  (c, _o, dir) => words(`promo report ${c} spring --out`, join(dir, `seen-${c}.html`)),
  (c, _o, dir) => words(`promo preview ${c} spring --out`, join(dir, `seen-${c}/promo`)),
  (c) => words(`promo pause ${c} spring`),
  (c) => words(`promo resume ${c} spring`),
  (c) => words(`promo resolve ${c} spring`),
  (c) => words(`promo test ${c} spring --to office@example.com`),
];

const trust: readonly Line[] = [
  (c) => words(`client show ${c}`),
  (c) => words(`approval request ${c} site --no-mail --yes`),
  ask,
  (c) => words(`approval list ${c}`),
  (c) => words(`approval verify ${c}`),
  (c) => words(`approval passkey ${c}`),
  (c, _o, _dir, { request }) => words(`approval show ${c} ${request}`),
  (c, _o, _dir, { request }) => words(`approval record ${c} --phone ${request}`),
  (c, _o, _dir, { code }) => words(`approval record ${c} ${code}`),
  (c, _o, _dir, { request }) => words(`approval revoke ${c} ${request} --yes`),
  (c, _o, dir) => words(`audit export ${c} --out`, join(dir, `handed-${c}`)),
  (c) => words(`vault show ${c}`),
  (c) => words(`vault offboard ${c}`),
];

const privacy: readonly Line[] = [
  (c) => words(`privacy export ${c} both@shared.example`),
  (c, _o, dir) => words(`privacy export ${c} p1@${canary[c]}.example --out`, join(dir, `held-${c}`), '--yes'),
  (c, o, dir) => words(`privacy export ${c} p1@${canary[c]}.example --out`, join(dir, `sites/${o}/static`)),
  (c) => words(`privacy erase ${c} both@shared.example --yes`),
  (c) => words(`privacy erase ${c} p2@${canary[c]}.example --dry-run`),
  (c) => words(`privacy erase ${c} p2@${canary[c]}.example --yes`),
  (c) => words(`privacy purge ${c} --yes`),
];

/** Everything that can be asked for one client, also with the other's names, files, numbers and codes. */
export const lines: readonly Line[] = [...site, ...lists, ...promotions, ...trust, ...privacy];

/** A command line of parts: a part with spaces is many words, a path is one. */
function words(...parts: readonly string[]): string[] {
  return parts.flatMap((part) => (part.startsWith('/') ? [part] : part.split(' ')));
}
