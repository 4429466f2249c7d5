import { describe, expect, it } from 'vitest';
import { adoptionAnswers } from '../../src/cli/adoption-answers.ts';
import type { FoundSite } from '../../src/cli/context/adopt.ts';
import { type Context, createContext } from '../../src/cli/context/context.ts';
import type { Prompts } from '../../src/cli/prompts.ts';

const found: FoundSite = {
  dir: '/x',
  folder: 'x',
  generator: 'Hugo',
  build: { command: ['hugo'], output: 'public', content: 'content' },
};

/** Takes every proposal, and notes what it was asked. */
function fakePrompts(asked: string[]): Prompts {
  return {
    select: async (_, [first]) => first?.value ?? '',
    text: async (question, { initial = 'https://typed.example' } = {}) => {
      asked.push(question);
      return initial;
    },
    secret: async () => '',
    confirm: async () => true,
  };
}

const context = (prompts?: Prompts): Context => ({
  ...createContext({
    cwd: '/',
    env: {},
    interactive: false,
    workspaceDir: undefined,
    usage: 'sec',
    signal: new AbortController().signal,
  }),
  prompts,
});

describe('the facts of a site that was found', () => {
  it('are proposed in a terminal, and what is not there is asked for', async () => {
    const asked: string[] = [];
    const facts = await adoptionAnswers(context(fakePrompts(asked)), {}, { ...found, name: 'Bakery' });
    expect(facts).toEqual({
      name: 'Bakery',
      url: 'https://typed.example',
      locales: ['en'],
      host: undefined,
      sender: undefined,
    });
    expect(asked).toEqual([
      'What is the business called?',
      'The address of its website',
      'Languages of its website, the main one first',
    ]);
  });

  it('are taken without a terminal, and what is not there is an error that names its flag', async () => {
    const site = { ...found, name: 'Bakery', url: 'https://a.example', locales: ['lv', 'en'] };
    expect(await adoptionAnswers(context(), { host: 'file:x' }, site)).toMatchObject({
      name: 'Bakery',
      url: 'https://a.example',
      locales: ['lv', 'en'],
      host: 'file:x',
    });
    await expect(adoptionAnswers(context(), {}, found)).rejects.toMatchObject({
      code: 'FLAG_MISSING',
      details: { flag: 'name' },
    });
  });

  it('name a sender with both of its parts, or none', async () => {
    const site = { ...found, name: 'Bakery', url: 'https://a.example' };
    await expect(adoptionAnswers(context(), { email: 'a@b.example' }, site)).rejects.toMatchObject({
      details: { flag: 'address' },
    });
    const facts = await adoptionAnswers(context(), { email: 'a@b.example', address: 'Street 1' }, site);
    expect(facts.sender).toEqual({ email: 'a@b.example', address: 'Street 1' });
  });
});
