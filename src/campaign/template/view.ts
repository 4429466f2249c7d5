import type { Brief, Campaign } from '../brief/brief.ts';
import { formatDay, formatMoney, formatSaving, formatTime } from '../format.ts';
import { calendarFile, campaignUrl, isHosted, webFile } from '../hosting.ts';
import type { Tracking } from '../message.ts';
import { pageUrl, titleOf } from '../page.ts';
import { isLocal, type Pictures, sizeIn, sourceOf } from '../picture.ts';
import { makePalette } from './colours.ts';

/** What a message says about its client: the part of site.yaml that a template may see. */
export interface Sender {
  readonly client: string;
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  /** IANA; the clock of the client's events. */
  readonly timezone: string;
  /** Whether sec builds and publishes the client's site, so that files of a campaign can lie there. */
  readonly hasSite: boolean;
  readonly tracking: Tracking;
  readonly facts: Readonly<Record<string, unknown>>;
  /** As it stands in site.yaml. */
  readonly sender: {
    readonly name: string;
    readonly email: string;
    readonly address: string;
    readonly replyTo?: string | undefined;
  };
}

export interface ViewParts {
  readonly campaign: Campaign;
  readonly brief: Brief;
  readonly sender: Sender;
  readonly pictures: Pictures;
  readonly words: Readonly<Record<string, string>>;
  /** HTML of the brief's text, and its preheader, with merge fields already taken out of the way. */
  readonly content: string;
  readonly preheader: string;
}

/** Fonts that every mail program has. */
const sansSerif = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * Everything that a template may show, ready to be written: prices and dates in the message's language, absent
 * things as `false`, so that a strict template can ask for them. Listed in docs/reference/campaigns.md.
 */
export function makeView({ campaign, brief, sender, pictures, words, content, preheader }: ViewParts) {
  const { fields, language } = brief;
  const { brand: facts } = sender.facts as {
    brand?: Partial<Record<'color' | 'accent' | 'logo' | 'type', unknown>>;
  };
  const offers = fields.offers.map((offer) => offerView(offer, language));
  return {
    language,
    title: titleOf(campaign, brief),
    preheader,
    content,
    client: { name: sender.name, url: sender.url },
    sender: { name: sender.sender.name, address: sender.sender.address },
    logo:
      typeof facts?.logo === 'string' && /^https:\/\/\S+\.(png|jpe?g|gif)$/.test(facts.logo) && facts.logo,
    colour: makePalette(facts?.color, facts?.accent),
    headingFont: facts?.type === 'serif' ? "Georgia, 'Times New Roman', serif" : sansSerif,
    font: sansSerif,
    hero: fields.hero ? pictureView(fields.hero, pictures, 600) : false,
    button: fields.button ?? false,
    offers,
    offerRows: pairs(offers).map((row) =>
      row.map((offer) => ({ ...offer, width: row.length === 1 ? '100%' : '50%' })),
    ),
    event: fields.event
      ? {
          ...eventView(fields.event, language),
          calendar:
            isHosted(campaign, sender) && campaignUrl(campaign, calendarFile(campaign, brief), sender),
        }
      : false,
    changes: fields.changes.map(({ what, from = false, to }) => ({ what, from, to })),
    ends:
      fields.ends && !fields.event
        ? (words['offer-until'] ?? '').replace(
            '{day}',
            formatDay(Temporal.PlainDate.from(fields.ends), language),
          )
        : false,
    pageUrl: fields.page && pageUrl(campaign, brief, sender),
    webUrl: isHosted(campaign, sender)
      ? campaignUrl(campaign, webFile(brief), sender)
      : fields.page && pageUrl(campaign, brief, sender),
    t: Object.fromEntries(
      Object.entries(words).map(([name, text]) => [name, text.replaceAll('{name}', sender.sender.name)]),
    ),
  };
}

type Fields = Brief['fields'];

function offerView(
  { name, price, was, currency, url, description }: Fields['offers'][number],
  language: string,
) {
  const saving = was !== undefined && was > price ? 1 - price / was : 0;
  return {
    name,
    price: formatMoney(price, currency, language),
    was: was !== undefined && was > price && formatMoney(was, currency, language),
    saving: saving >= 0.01 && formatSaving(saving, language),
    url: url ?? false,
    description: description ?? false,
  };
}

function eventView(
  { name, begins, ends, place, address, url }: NonNullable<Fields['event']>,
  language: string,
) {
  const start = Temporal.PlainDateTime.from(begins);
  const end = ends === undefined ? undefined : Temporal.PlainDateTime.from(ends);
  const sameDay = end?.toPlainDate().equals(start.toPlainDate());
  const from = formatTime(start.toPlainTime(), language);
  const until = end && formatTime(end.toPlainTime(), language);
  const lastDay = end && !sameDay && formatDay(end.toPlainDate(), language, 'full');
  return {
    name,
    day: formatDay(start.toPlainDate(), language, 'full'),
    number: String(start.day),
    month: start.toLocaleString(language, { month: 'short' }).replace(/\.$/, ''),
    time: lastDay ? `${from} – ${lastDay}, ${until}` : until ? `${from}–${until}` : from,
    place,
    address: address ?? false,
    url: url ?? false,
  };
}

/** @param widest pixels that the template has room for */
function pictureView({ src, alt }: { src: string; alt: string }, pictures: Pictures, widest: number) {
  const picture = isLocal(src) ? pictures.get(src) : undefined;
  return picture
    ? { src: sourceOf(picture), alt, width: sizeIn(picture, widest).width }
    : { src, alt, width: widest };
}

const pairs = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / 2) }, (_, n) => list.slice(2 * n, 2 * n + 2));
