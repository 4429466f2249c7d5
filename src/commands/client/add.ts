import * as Flags from '@oclif/core/flags';
import { adoptionAnswers } from '../../cli/adoption-answers.ts';
import { answer } from '../../cli/answer.ts';
import { isEmail, isUrl, splitLocales } from '../../cli/answer-checks.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { adoptSite, findSite } from '../../cli/context/adopt.ts';
import type { Context } from '../../cli/context/context.ts';
import { dryRun, wordArg, yes } from '../../cli/flags.ts';
import { adoptedView, foundView } from '../../cli/views/adopt.ts';
import { clientAddedView } from '../../cli/views/client.ts';
import { slugify } from '../../core/slug.ts';
import { checkClientName, createClient, isClientNameValid } from '../../workspace/index.ts';

export default class ClientAdd extends SecCommand {
  static override summary = 'add a business you look after';
  static override examples = [
    '<%= config.bin %> client add bakery',
    '<%= config.bin %> client add bakery --adopt ~/websites/bakery --dry-run',
  ];
  static override args = { client: wordArg('a short name for it, such as bakery') };
  static override flags = {
    name: Flags.string({ description: 'what the business is called' }),
    url: Flags.string({ description: 'the address of its website' }),
    locales: Flags.string({
      description: 'languages of its website, the main one first; en unless said otherwise',
      helpValue: 'lv,en',
    }),
    email: Flags.string({ description: 'the address its promotions come from' }),
    address: Flags.string({ description: 'its postal address; every promotion must show it' }),
    host: Flags.string({ description: 'where its website lives, such as file:public/bakery' }),
    adopt: Flags.string({
      description: 'take over a website that somebody else built: a copy of this folder becomes its own',
      helpValue: 'DIR',
    }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(ClientAdd);
    const context = this.open(flags);
    const workspace = context.workspace();
    if (args.client) checkClientName(args.client);
    if (flags.adopt !== undefined) {
      const found = await findSite(context, flags.adopt);
      if (context.prompts) this.logToStderr(foundView(found));
      const facts = await adoptionAnswers(context, flags, found);
      const client = args.client ?? (await this.#shortName(context, facts.name));
      const adopted = await adoptSite(context, client, found, facts, flags['dry-run']);
      return this.result(adopted, adoptedView(adopted, flags.adopt));
    }
    const name = await answer(context, {
      flag: 'name',
      given: flags.name,
      question: 'What is the business called?',
    });
    const client = args.client ?? (await this.#shortName(context, name));
    const facts = {
      name,
      url: await answer(context, {
        flag: 'url',
        given: flags.url,
        question: 'The address of its website',
        check: isUrl,
      }),
      locales: splitLocales(await this.#locales(context, flags.locales)),
      email: await answer(context, {
        flag: 'email',
        given: flags.email,
        question: 'The e-mail address its promotions come from',
        check: isEmail,
      }),
      address: await answer(context, {
        flag: 'address',
        given: flags.address,
        question: 'Its postal address',
      }),
      host: await this.#host(context, flags.host, client),
    };
    const files = createClient(workspace, client, facts, flags['dry-run']);
    const result = { client, files, added: !flags['dry-run'] };
    return this.result(result, clientAddedView(result));
  }

  async #locales(context: Context, given: string | undefined): Promise<string> {
    if (given === undefined && !context.prompts) return 'en';
    const question = 'Languages of its website, the main one first';
    return answer(context, { flag: 'locales', given, question, initial: 'en', check: isLocales });
  }

  async #host(context: Context, given: string | undefined, client: string): Promise<string> {
    const usual = `file:public/${client}`;
    if (given === undefined && !context.prompts) return usual;
    return answer(context, { flag: 'host', given, question: 'Where its website lives', initial: usual });
  }

  async #shortName(context: Context, name: string): Promise<string> {
    if (!context.prompts) return context.word('client', undefined, () => []);
    return answer(context, {
      flag: 'client',
      given: undefined,
      question: 'A short name for it, for your commands',
      initial: slugify(name),
      check: isClientName,
    });
  }
}

const isClientName = (text: string) =>
  isClientNameValid(text) || 'Small letters a–z, digits and hyphens, beginning with a letter.';
const isLocales = (text: string) =>
  /^[a-z]{2,3}(-[A-Z]{2})?(\s*,\s*[a-z]{2,3}(-[A-Z]{2})?)*$/.test(text.trim()) ||
  'Write each language as two letters, with commas between: lv,en.';
