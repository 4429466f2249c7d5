import Handlebars from 'handlebars';
import type { Problem } from '../../core/problem.ts';
import { mainBrief } from '../brief/brief.ts';
import { formatMoney } from '../format.ts';
import { asError, asWarning, at, type Checked, inBody, type Rule } from './rules.ts';

/** Offers and events that a reader could misunderstand, and templates that lack what they are for. */
export const offerRules: Rule = (checked) => {
  const { brief } = checked;
  const { offers, template, event, changes } = brief.fields;
  const problems = [];
  for (const [n, { name, price, was }] of offers.entries()) {
    if (price === 0)
      problems.push(
        asWarning({
          ...at(brief, 'offers', n, 'price'),
          rule: 'offer-without-price',
          message: `The offer "${name}" costs nothing.`,
          fix: 'Write its price, or leave it if it is a gift.',
        }),
      );
    if (was !== undefined && was <= price)
      problems.push(
        asError({
          ...at(brief, 'offers', n, 'was'),
          rule: 'no-saving',
          message: `The offer "${name}" costs ${price}, and its price before was ${was}: there is nothing saved.`,
          fix: 'Correct the two prices, or take was out.',
        }),
      );
  }
  const lacks =
    template === 'event' && !event
      ? 'event'
      : template === 'notice' && changes.length === 0 && !event
        ? 'changes'
        : undefined;
  if (lacks)
    problems.push(
      asWarning({
        ...at(brief, 'template'),
        rule: 'nothing-to-show',
        message: `The template ${template} shows ${lacks}, and the brief has none.`,
        fix: `Add ${lacks}: to the brief, or choose another template.`,
      }),
    );
  return [...problems, ...shownRules(checked), ...textPrices(checked), ...translatedOffers(checked)];
};

/** The page shows every offer: a template that leaves one out would tell its readers something else. */
function shownRules({ brief, message }: Checked): Problem[] {
  if (!message) return [];
  const html = message.html.statics.join('');
  return brief.fields.offers.flatMap(({ name, price, currency }, n) => {
    const shown = [name, formatMoney(price, currency, brief.language)].map(Handlebars.Utils.escapeExpression);
    if (shown.every((text) => html.includes(text))) return [];
    return asError({
      ...at(brief, 'offers', n, 'name'),
      rule: 'offer-not-shown',
      message: `The page shows the offer "${name}" with its price, and the mail does not: the template ${brief.fields.template} leaves it out.`,
      fix: 'Choose a template that shows offers, such as promo, or put {{> offers}} into this one.',
    });
  });
}

/**
 * A price that is written into the text by hand stays as it is when the offer's changes. Only amounts near an
 * offer's price are told: others are about something else, such as an order from 40 euros on.
 */
function textPrices({ brief }: Checked): Problem[] {
  const known = new Set(brief.fields.offers.flatMap(({ price, was }) => [price, was ?? price]));
  const isStale = (amount: number) =>
    !known.has(amount) && [...known].some((price) => Math.abs(amount - price) <= price * 0.4);
  return brief.body.split('\n').flatMap((line, n) =>
    pricesIn(line)
      .filter(({ amount }) => isStale(amount))
      .map(({ text }) =>
        asWarning({
          ...inBody(brief, n + 1),
          rule: 'price-in-text',
          message: `The text says ${text}, and no offer has that price.`,
          fix: 'Correct one of the two, or leave it if it is about something else.',
        }),
      ),
  );
}

/** Amounts with a currency beside them, both decimal marks. */
function pricesIn(line: string): { text: string; amount: number }[] {
  const prices =
    /(?:€|EUR)\s?(\d+(?:[.,]\d{1,2})?)(?!\d)|(?<![\d.,])(\d+(?:[.,]\d{1,2})?)\s?(?:€|EUR\b|eiro\b|euros?\b)/gi;
  return [...line.matchAll(prices)].map(([text, before, after]) => ({
    text,
    amount: Number((before ?? after ?? '').replace(',', '.')),
  }));
}

/** What a translation says of an offer besides its words. */
function translatedOffers({ campaign, brief }: Checked): Problem[] {
  const main = mainBrief(campaign);
  if (brief === main) return [];
  return brief.fields.offers.flatMap((offer, n) => {
    const original = main.fields.offers[n];
    const field = (['price', 'was', 'currency'] as const).find((key) => offer[key] !== original?.[key]);
    if (!field) return [];
    const there = original ? `${original[field] ?? 'nothing'}` : 'no such offer';
    return asError({
      ...at(brief, 'offers', n, field),
      rule: 'offer-differs',
      message: `The offer "${offer.name}" has ${field} ${offer[field] ?? 'nothing'} in ${brief.language}, and ${there} in ${main.language}.`,
      fix: `Take ${field} out here: it is written once, in ${main.file}.`,
    });
  });
}
