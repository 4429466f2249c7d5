import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPage } from '../../../src/cli/context/site-edit.ts';
import { fillForm } from '../../../src/cli/context/site-edit-form.ts';
import type { Prompts } from '../../../src/cli/prompts.ts';
import { testSite } from '../../site/support/workspace.ts';
import { contextIn } from '../../support/context.ts';

/** Answers in the order of its list; an answer that is refused is noted, and the next one given. */
class FakePrompts implements Prompts {
  readonly seen: string[] = [];
  readonly refusals: string[] = [];
  readonly #answers: string[];

  constructor(answers: readonly string[]) {
    this.#answers = [...answers];
  }

  async select(question: string, choices: readonly { value: string; name?: string }[]): Promise<string> {
    this.seen.push([question, ...choices.map(({ value, name }) => name ?? value)].join('\n'));
    const answer = this.#next();
    const chosen = choices.find(({ value, name }) => value === answer || name?.startsWith(answer));
    if (!chosen) throw new Error(`"${answer}" is not offered.`);
    return chosen.value;
  }

  async text(
    question: string,
    { check }: { check?: (answer: string) => true | string } = {},
  ): Promise<string> {
    this.seen.push(question);
    for (;;) {
      const answer = this.#next();
      const verdict = check?.(answer) ?? true;
      if (verdict === true) return answer;
      this.refusals.push(verdict);
    }
  }

  async secret(): Promise<string> {
    return '';
  }
  confirm(): Promise<boolean> {
    throw new Error('Nothing is confirmed here.');
  }

  #next(): string {
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error('There are no more answers.');
    return answer;
  }
}

const kinds = `kinds:
  bread:
    folder: bread
    fields:
      price: {type: number, label: Price in euros, min: 1, max: 20}
      season: {type: choice, label: When it is baked, choices: [all year, winter]}
      fresh: {type: boolean, label: Fresh today}
      image: {type: image, label: Picture}
      note: {type: text, label: A short note, required: true}
`;
const rye = `---
title: Rye # our first
price: 4.50
note: Dense
prices:
  - {name: Whole, amount: 4.50}
tags: [dark, sour]
---

Text.
`;

async function fill(...answers: string[]) {
  const site = testSite(
    { 'content/_index.md': '---\ntitle: Shop\n---\n', 'content/bread/rye.md': rye },
    `locales: [en]\n${kinds}`,
  );
  writeFileSync(
    site.path('photo.jpg'),
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a50' } })
      .jpeg()
      .toBuffer(),
  );
  const context = contextIn(site.root, {});
  const client = context.workspace().client('shop');
  const opened = await openPage(context, client, 'bread/rye.md');
  const prompts = new FakePrompts(answers);
  return { prompts, filled: fillForm(context, prompts, client, opened) };
}

describe('fillForm', () => {
  it('shows every field in plain words with its value', async () => {
    const { prompts, filled } = await fill('The text');
    expect(await filled).toMatchObject({ text: rye, wantsEditor: true });
    expect(prompts.seen[0]?.split('\n')).toEqual([
      'What would you like to change?',
      'Title: Rye',
      'Description, for search engines: (empty)',
      'Price in euros: 4.5',
      'When it is baked: (empty)',
      'Fresh today: (empty)',
      'Picture: (empty)',
      'A short note: Dense',
      'prices[0].name: Whole',
      'prices[0].amount: 4.5',
      'Tags: dark, sour',
      'The text below the fields, in your editor',
      'Nothing',
    ]);
  });

  it('checks each answer as it is typed, and changes nothing else', async () => {
    const { prompts, filled } = await fill(
      ...['Price in euros', 'a lot', '40', '5.20'],
      ...['prices[0].amount', '5.20', 'When it is baked', 'winter', 'Fresh today', 'Yes'],
      ...['A short note', '', 'Dense and dark', 'That is all'],
    );
    expect((await filled).text).toBe(
      rye
        .replace('price: 4.50', 'price: 5.20')
        .replace('amount: 4.50', 'amount: 5.20')
        .replace('note: Dense', 'note: Dense and dark')
        .replace('sour]\n', 'sour]\nseason: winter\nfresh: true\n'),
    );
    expect(prompts.refusals).toEqual([
      'Price in euros: "a lot" is not a number. Write a number such as 4.50, 1 to 20.',
      'Price in euros: 40 is out of range. Write a number such as 4.50, 1 to 20.',
      'A short note: this field is empty, and it is needed. Write one line of text.',
    ]);
  });

  it('takes a picture with its words', async () => {
    const { filled } = await fill('Picture', 'photo.jpg', 'A loaf', 'That is all');
    const { text, pictures } = await filled;
    expect(text).toContain('image: /img/photo.jpg\nimageAlt: A loaf\n');
    expect(pictures).toMatchObject([{ folder: 'static', source: { path: 'img/photo.jpg' } }]);
  });

  it('asks again for a picture that cannot be used, and keeps the other answers', async () => {
    const { prompts, filled } = await fill(
      ...['Title', 'Dark rye', 'Picture', 'sec.yaml', 'nothing.jpg', "'photo.jpg'", 'A loaf', 'That is all'],
    );
    const { text } = await filled;
    expect(text).toContain('title: Dark rye # our first');
    expect(text).toContain('image: /img/photo.jpg');
    expect(prompts.seen.some((question) => question.includes('this is no picture'))).toBe(true);
    expect(prompts.seen.some((question) => question.includes('nothing.jpg: there is no such file'))).toBe(
      true,
    );
  });

  it('is cancelled where nothing was changed in the end', async () => {
    const { filled } = await fill('Title', 'Rye', 'Picture', '', 'Nothing');
    await expect(filled).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
