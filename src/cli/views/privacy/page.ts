import { type HeldOnList, isHeld, type PersonalRecord } from '../../../privacy/record.ts';
import { Html, html } from '../../../web/html.ts';
import { recordStyle } from './style.ts';
import { type RecordWords, recordWords } from './words.ts';

export interface RecordPageOptions {
  readonly language: string;
  readonly timezone: string;
  /** Whom the person may write to. */
  readonly contact: string | undefined;
}

interface Page {
  readonly words: RecordWords;
  moment(at: Temporal.Instant): string;
}

/** What is held of a person as one HTML file that needs nothing else, fit to be handed to them. */
export function recordPage(
  record: PersonalRecord,
  { language, timezone, contact }: RecordPageOptions,
): string {
  const words = recordWords(language);
  const moment = (at: Temporal.Instant) =>
    at.toZonedDateTimeISO(timezone).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
  const page = { words, moment };
  const { text } =
    html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${words.title} – ${record.business}</title><style>${new Html(recordStyle)}</style></head><body><main>
<header><p>${record.business}</p><h1>${words.title}</h1><p>${record.address}</p><p>${words.intro(record.business, moment(record.made))}</p></header>
${isHeld(record) ? sections(record, page) : html`<p>${words.nothing}</p>`}
${contact !== undefined && html`<section><h2>${words.rights}</h2><p>${words.rightsText(contact)}</p></section>`}
</main></body></html>`;
  return text;
}

function sections({ lists, sends, events, rejected, suppressed }: PersonalRecord, page: Page): Html[] {
  const { words, moment } = page;
  const stopped =
    suppressed &&
    html`<p>${words.suppressedSince(moment(suppressed.at))}</p>${suppressed.reason !== undefined && facts([[words.reason, suppressed.reason]])}`;
  return [
    section(words.suppressed, stopped ? [stopped] : []),
    section(
      words.lists,
      lists.map((held) => onList(held, page)),
    ),
    section(
      words.sends,
      sends.map(({ campaign, state, at, reason, address, fields }) =>
        facts([
          [words.campaign, campaign],
          [words.when, moment(at)],
          [words.state, words.states[state]],
          [words.reason, state === 'excluded' ? null : reason],
          [words.address, address],
          [words.usedFor, Object.values(fields).filter(Boolean).join(' · ')],
        ]),
      ),
    ),
    section(
      words.events,
      events.map(({ kind, at, campaign, reason }) =>
        facts([
          [words.event, words.kinds[kind]],
          [words.when, moment(at)],
          [words.campaign, campaign],
          [words.reason, reason],
        ]),
      ),
    ),
    section(
      words.rejected,
      rejected.map(({ cells }) => facts(Object.entries(cells))),
    ),
  ];
}

const section = (title: string, parts: readonly Html[]): Html =>
  parts.length === 0 ? new Html('') : html`<section><h2>${title}</h2>${parts}</section>\n`;

function onList({ list, address, language, fields, evidence }: HeldOnList, { words, moment }: Page): Html {
  const proofs = evidence.map((proof) =>
    facts([
      [words.why, words.basis[proof.basis]],
      [words.since, moment(proof.at)],
      [words.source, proof.source],
      [words.wording, proof.wording],
      [words.from, words.file(proof.file, proof.line)],
      [words.fingerprint, proof.sha256],
    ]),
  );
  const known = [[words.address, address], [words.language, language], ...Object.entries(fields)] as const;
  return html`<h3>${words.onList(list)}</h3>${facts(known)}${proofs}`;
}

/** Names and values; those without a value are left out. */
function facts(rows: readonly (readonly [name: string, value: string | null | undefined])[]): Html {
  const lines = rows
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? ''}</dd></div>`);
  return html`<dl>${lines}</dl>`;
}
