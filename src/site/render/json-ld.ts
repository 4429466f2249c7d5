import { isObject } from '../source/plain.ts';
import { openingHours } from './json-ld-hours.ts';
import type { PromotionContext } from './layout-context.ts';

/** What search engines are told about a business, its offers, events and articles (schema.org). */
export interface Business {
  readonly name: string;
  readonly url: string;
  readonly image: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** What stands in data/hours.yaml, if there is one. */
  readonly hours: unknown;
}

/** The business itself, from what site.yaml says under `facts`; unknown facts are left out. */
export function businessLd({ name, url, image, facts, hours }: Business): object {
  const text = (...names: string[]) => {
    const found = names
      .map((key) => facts[key])
      .find((value) => typeof value === 'string' || typeof value === 'number');
    return found === undefined ? undefined : String(found);
  };
  return ld(text('type', 'schema') ?? 'LocalBusiness', {
    name,
    url,
    image: image || undefined,
    telephone: text('phone', 'telephone', 'tel'),
    email: text('email'),
    priceRange: text('priceRange', 'price_range'),
    vatID: text('vat', 'vatID'),
    address: addressLd(facts.address),
    geo: geoLd(facts.geo),
    ...openingHours(facts.hours ?? facts.openingHours ?? hours),
    sameAs: linksOf(facts.social ?? facts.sameAs),
  });
}

/** Each offer of a campaign, valid while the campaign is. */
export function offersLd(
  { offers, starts, ends }: PromotionContext,
  pageUrl: string,
  business: string,
): object[] {
  return offers.map(({ name, price, currency, url, description }) =>
    ld('Offer', {
      name,
      description: description || undefined,
      price: price.toFixed(2),
      priceCurrency: currency,
      url: url || pageUrl,
      validFrom: starts,
      validThrough: ends,
      availability: 'https://schema.org/InStock',
      seller: { '@type': 'LocalBusiness', name: business },
    }),
  );
}

/** The event that a campaign invites to. @param timezone in which its times are meant */
export function eventLd(
  { event }: PromotionContext,
  {
    pageUrl,
    business,
    timezone,
    image,
  }: { pageUrl: string; business: string; timezone: string; image: string },
): object[] {
  if (!event) return [];
  const moment = (text: string) =>
    text === ''
      ? undefined
      : Temporal.PlainDateTime.from(text)
          .toZonedDateTime(timezone)
          .toString({ timeZoneName: 'never', smallestUnit: 'minute' });
  const place = ld('Place', { name: event.place, address: event.address || event.place }, false);
  return [
    ld('Event', {
      name: event.name,
      startDate: moment(event.begins),
      endDate: moment(event.ends),
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: place,
      url: event.url || pageUrl,
      image: image || undefined,
      organizer: { '@type': 'Organization', name: business },
    }),
  ];
}

export function articleLd(page: {
  readonly title: string;
  readonly description: string;
  readonly permalink: string;
  readonly date: string;
  readonly lastmod: string;
  readonly image: string;
  readonly business: string;
}): object {
  return ld('Article', {
    headline: page.title,
    description: page.description || undefined,
    datePublished: page.date,
    dateModified: page.lastmod || undefined,
    image: page.image || undefined,
    mainEntityOfPage: page.permalink,
    publisher: { '@type': 'Organization', name: page.business },
  });
}

const ld = (type: string, members: object, isRoot = true) => ({
  ...(isRoot ? { '@context': 'https://schema.org' } : {}),
  '@type': type,
  ...members,
});

function addressLd(address: unknown): unknown {
  if (!isObject(address)) return typeof address === 'string' ? address : undefined;
  const text = (...names: string[]) => {
    const found = names.map((key) => address[key]).find((value) => value !== undefined && value !== null);
    return found === undefined ? undefined : String(found);
  };
  return ld(
    'PostalAddress',
    {
      streetAddress: text('street', 'streetAddress'),
      addressLocality: text('city', 'locality', 'town'),
      postalCode: text('postcode', 'postalCode', 'zip'),
      addressRegion: text('region'),
      addressCountry: text('country'),
    },
    false,
  );
}

function geoLd(geo: unknown): unknown {
  if (!isObject(geo)) return undefined;
  const latitude = geo.lat ?? geo.latitude;
  const longitude = geo.lng ?? geo.lon ?? geo.longitude;
  return typeof latitude === 'number' && typeof longitude === 'number'
    ? ld('GeoCoordinates', { latitude, longitude }, false)
    : undefined;
}

function linksOf(social: unknown): string[] | undefined {
  const links = isObject(social) ? Object.values(social) : Array.isArray(social) ? social : [];
  const texts = links.filter((link) => typeof link === 'string');
  return texts.length > 0 ? texts : undefined;
}
