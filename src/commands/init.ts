import { relative, resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { answer } from '../cli/answer.ts';
import { SecCommand } from '../cli/base-command.ts';
import { dryRun, wordArg, yes } from '../cli/flags.ts';
import { initView } from '../cli/views/init.ts';
import { looksLikeEmail } from '../core/email-text.ts';
import { createWorkspace } from '../workspace/index.ts';

export default class Init extends SecCommand {
  static override summary = 'make a folder the place where you look after your clients';
  static override args = { dir: wordArg('the folder; this one where none is named') };
  static override flags = {
    operator: Flags.string({ description: 'your name, as clients see it', helpValue: 'NAME' }),
    email: Flags.string({ description: 'your e-mail address' }),
    timezone: Flags.string({ description: 'where you work, such as Europe/Riga' }),
    'dry-run': dryRun,
    yes,
  };

  async run() {
    const { args, flags } = await this.parse(Init);
    const context = this.open(flags);
    const dir = resolve(context.cwd, args.dir ?? '.');
    const facts = {
      name: await answer(context, { flag: 'operator', given: flags.operator, question: 'Your name' }),
      email: await answer(context, {
        flag: 'email',
        given: flags.email,
        question: 'Your e-mail address',
        check: (text) => looksLikeEmail(text) || 'This is not an e-mail address.',
      }),
      timezone: flags.timezone ?? Temporal.Now.timeZoneId(),
    };
    const files = createWorkspace(dir, facts, flags['dry-run']);
    const result = { workspace: dir, files, written: !flags['dry-run'] };
    const folder = relative(context.cwd, dir);
    return this.result(result, initView({ ...result, folder, timezone: facts.timezone }));
  }
}
