import { describe, expect, it } from 'vitest';
import { parseCampaign } from '../../src/campaign/brief/parse.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { minimal } from './workspace.ts';

const parse = (text: string, translations: Record<string, string> = {}) =>
  parseCampaign(
    'kaldi',
    'spring',
    { file: 'campaign.md', text },
    Object.entries(translations).map(([language, text]) => ({
      language,
      file: `campaign.${language}.md`,
      text,
    })),
    'lv',
  );

const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (isSecError(error)) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('Nothing was thrown.');
};

const main = `---
subject: Jaunumi
list: klienti
starts: 2026-11-01
ends: 2026-12-01
page: true
hero: {src: a.png, alt: Maize}
offers:
  - {name: Maize, price: 4.20, was: 5}
  - {name: Pīrāgi, price: 8.50}
---
Labdien!
`;

describe('a brief', () => {
  it('is read as the contract writes it', () => {
    const { briefs, language } = parse(minimal['campaigns/kaldi/spring/campaign.md'] ?? '');
    expect(language).toBe('lv');
    expect(briefs.get('lv')).toMatchObject({
      bodyLine: 13,
      fields: {
        template: 'promo',
        page: true,
        starts: '2026-03-01',
        offers: [{ price: 7.9, was: 9.9, currency: 'EUR' }],
      },
    });
  });

  it.each([
    ['subject: a\npreheder: b', 'line 3', 'Did you mean "preheader"?'],
    ['subject: a\noffers:\n  - {name: x, price: seven}', 'line 4', ''],
    ['subject: a\nstarts: 1 May\nends: 2026-05-02', 'line 3', ''],
    ['subject: a\nstarts: 2026-05-02\nends: 2026-05-01', 'line 4', ''],
    ['subject: a\npage: true', 'starts', ''],
    ['subject: a\npage: yes', 'line 3', ''],
    ['subject: ""', 'line 2', ''],
    ['preheader: a', 'subject', ''],
    ['subject: a\nslug: ../x', 'line 3', ''],
    ['subject: a\ntemplate: ../../secret', 'line 3', ''],
    ['subject: a\nhero: {src: ../../other/a.png, alt: x}', 'line 3', ''],
    ['subject: a\nbutton: {label: x, url: "javascript:alert(1)"}', 'line 3', ''],
    ['subject: a\nfrom: "Anna\\r\\nBcc: <x@example.com>"', 'line 3', ''],
    [
      'subject: a\nevent: {name: x, begins: 2026-05-01T10:00, ends: 2026-05-01T09:00, place: y}',
      'line 3',
      '',
    ],
    ['subject: a\noffers:\n  - {name: x, price: 1, description: tea, hot coffee}', 'line 4', 'quotes'],
  ])('that says %j is refused at its line', (fields, line, hint) => {
    const found = failure(() => parse(`---\n${fields}\n---\nText`));
    expect(found.code).toBe('FIELD_INVALID');
    expect(found.message).toContain('campaign.md');
    expect(found.message).toContain(line);
    expect(found.hint).toContain(hint);
  });

  it('is refused when its fields are code', () => {
    expect(failure(() => parse('---js\n{subject: process.exit(1)}\n---\n')).code).toBe(
      'FRONT_MATTER_REFUSED',
    );
  });
});

describe('a translation', () => {
  it('inherits what it does not say, prices by position, the text as a whole', () => {
    const { briefs } = parse(main, {
      en: '---\nsubject: News\nhero: {alt: Bread}\noffers:\n  - {name: Bread}\n---\n\n',
    });
    expect(briefs.get('en')).toMatchObject({
      language: 'en',
      body: 'Labdien!\n',
      bodyFile: 'campaign.md',
      fields: {
        subject: 'News',
        page: true,
        hero: { src: 'a.png', alt: 'Bread' },
        offers: [
          { name: 'Bread', price: 4.2, was: 5 },
          { name: 'Pīrāgi', price: 8.5 },
        ],
      },
    });
  });

  it('names the file in which a value stands', () => {
    const { briefs } = parse(main, { en: '---\nsubject: News\n---\nHello\n' });
    expect(briefs.get('en')?.place(['subject'])).toMatchObject({ file: 'campaign.en.md', line: 2 });
    expect(briefs.get('en')?.place(['offers', 0, 'price'])).toMatchObject({ file: 'campaign.md', line: 9 });
  });

  it('cannot say who gets the mail', () => {
    const found = failure(() => parse(main, { en: '---\nsubject: News\nlist: other\n---\n' }));
    expect(found.message).toContain('campaign.en.md, line 3');
  });
});
