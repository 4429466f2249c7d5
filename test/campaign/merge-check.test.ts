import { describe, expect, it } from 'vitest';
import { checkMergeFields, countGaps } from '../../src/campaign/merge-check.ts';
import type { FieldUse, Message } from '../../src/campaign/message.ts';

const use = (name: string, line: number, fallback = false): FieldUse => ({
  name,
  file: 'campaign.md',
  line,
  fallback,
});
const message = (uses: readonly FieldUse[]): Message => ({
  client: 'kaldi',
  campaign: 'spring',
  language: 'en',
  from: { name: 'Kaldi', email: 'news@kaldi.example' },
  subject: { statics: [''], slots: [] },
  html: { statics: [''], slots: [] },
  text: { statics: [''], slots: [] },
  attachments: [],
  unsubscribeMailbox: 'news@kaldi.example',
  fields: uses.map(({ name }) => name),
  uses,
  digest: '',
});

describe('checkMergeFields', () => {
  it('refuses a column that the list lacks, with its line and the near names, also behind a fallback', () => {
    const messages = new Map([['en', message([use('fist_name', 7, true)])]]);
    expect(() => checkMergeFields(messages, ['first_name', 'city'])).toThrow(
      /campaign\.md, line 7: .*\{\{fist_name\}\}/,
    );
    expect(() => checkMergeFields(messages, ['first_name'])).toThrow(
      expect.objectContaining({
        code: 'MERGE_FIELD_UNKNOWN',
        hint: 'Did you mean "first_name"?',
        exitCode: 65,
      }),
    );
  });

  it('takes what the list has and what sec adds', () => {
    const uses = [use('first_name', 1), use('email', 1), use('recipient_id', 1), use('unsubscribe_url', 1)];
    expect(() => checkMergeFields(new Map([['en', message(uses)]]), ['first_name'])).not.toThrow();
  });
});

describe('countGaps', () => {
  it('counts the people whose cell is empty, in their own language only', () => {
    const messages = new Map([
      ['en', message([use('first_name', 3), use('city', 4, true)])],
      ['lv', message([use('city', 9)])],
    ]);
    const gaps = countGaps(messages);
    gaps.see({ first_name: 'Anna', city: '' }, 'en');
    gaps.see({ first_name: ' ', city: '' }, 'en');
    gaps.see({ first_name: '', city: '' }, 'lv');
    expect(
      gaps.gaps().map(({ use: { name, line }, missing, total }) => [name, line, missing, total]),
    ).toEqual([
      ['first_name', 3, 1, 3],
      ['city', 9, 1, 3],
    ]);
    expect(() => gaps.check()).toThrow(/line 3: 1 of 3 on the list have nothing for \{\{first_name\}\}/);
  });

  it('finds nothing where nothing is missing', () => {
    const gaps = countGaps(new Map([['en', message([use('first_name', 3)])]]));
    gaps.see({ first_name: 'Anna' }, 'en');
    expect(() => gaps.check()).not.toThrow();
  });
});
