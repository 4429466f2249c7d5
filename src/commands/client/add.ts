import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { adoptionAnswers } from '../../cli/adoption-answers.ts';
import { answer } from '../../cli/answer.ts';
import { isEmail, isUrl, splitLocales } from '../../cli/answer-checks.ts';
import { SecCommand } from '../../cli/base-command.ts';
import { adoptSite, findSite } from '../../cli/context/adopt.ts';
import { dryRun } from '../../cli/flags.ts';
import { adoptedView, foundView } from '../../cli/views/adopt.ts';
import { clientAddedView } from '../../cli/views/client.ts';
import { slugify } from '../../core/slug.ts';
import { checkClientName, createClient } from '../../workspace/index.ts';

export default class ClientAdd extends SecCommand {
  static override summary = 'add a business you look after';
  static override examples = [
    '<%= config.bin %> client add bakery',
    '<%= config.bin %> client add bakery --adopt ~/websites/bakery --dry-run',
  ];
  static override args = { client: Args.string({ description: 'a short name for it, such as bakery' }) };
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
    'dry-run': Flags.boolean({ ...dryRun, dependsOn: ['adopt'] }),
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
      locales: splitLocales(flags.locales),
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
      ...(flags.host ? { host: flags.host } : {}),
    };
    const files = createClient(workspace, client, facts);
    return this.result({ client, files }, clientAddedView(client, files));
  }

  async #shortName(context: Parameters<typeof answer>[0], name: string): Promise<string> {
    if (!context.prompts) return context.word('client', undefined, () => []);
    return answer(context, {
      flag: 'client',
      given: undefined,
      question: 'A short name for it, for your commands',
      initial: slugify(name),
    });
  }
}
