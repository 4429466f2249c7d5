import { text } from 'node:stream/consumers';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { SecCommand } from '../cli/base-command.ts';
import { forgetLogin, logIn } from '../cli/context/login.ts';
import { clientArg, dryRun } from '../cli/flags.ts';
import { forgottenView, identityQuestion, loginView } from '../cli/views/login.ts';

export default class Login extends SecCommand {
  static override summary = 'store and test the login of a client’s host or mail account';
  static override description =
    'Shows who answers at the host and asks for what it needs; with `sender`, for the mail server of site.yaml. Without a terminal, one JSON object is read from the input. Nothing secret is ever taken from the command line.';
  static override examples = [
    '<%= config.bin %> login kaldi',
    '<%= config.bin %> login kaldi sender',
    '<%= config.bin %> login kaldi staging',
    '<%= config.bin %> login kaldi --json < login.json',
  ];
  static override args = {
    client: clientArg,
    what: Args.string({
      description: "`host`, `sender` for the mail account, or one of the client's further hosts",
      default: 'host',
      ignoreStdin: true,
    }),
  };
  static override flags = {
    forget: Flags.boolean({ description: 'let go of what is stored instead' }),
    'dry-run': dryRun,
  };

  async run() {
    const { args, flags } = await this.parse(Login);
    const context = this.open(flags);
    const client = await context.client(args.client);
    if (flags.forget) {
      const forgotten = !flags['dry-run'] && (await forgetLogin(context, client, args.what));
      return this.result(
        { client: client.name, what: args.what, forgotten },
        forgottenView(args.what, forgotten),
      );
    }
    const receipt = await logIn(context, client, {
      what: args.what,
      isDryRun: flags['dry-run'],
      readInput: async () => (process.stdin.isTTY ? '' : text(process.stdin)),
      confirmIdentity: (identity, target) => this.confirm(context, identityQuestion(identity, target), false),
    });
    return this.result(receipt, loginView(receipt));
  }
}
