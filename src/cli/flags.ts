import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/**
 * A word of the command line. It is optional for oclif: a terminal asks for a missing one. oclif would fill it from
 * the input, and then show what may be a password as a client that nobody knows.
 */
export const wordArg = (description: string) => Args.string({ description, ignoreStdin: true });

/** The words and flags that several commands share. */
export const clientArg = wordArg("the client's short name");
export const listArg = wordArg("the list's name");
export const emailArg = wordArg('the e-mail address');
export const campaignArg = wordArg("the campaign's short name");

export const whereFlag = Flags.string({
  description: `only a part of the list, by its columns: 'city == "Rīga" && orders >= 3'`,
  helpValue: 'EXPR',
});

export const transportFlag = Flags.string({
  description: 'what carries the mail, if not sender.transport',
  helpValue: 'URL',
});

/** To whom a campaign goes, and what carries it. */
export const mailingFlags = {
  list: Flags.string({ description: 'a stored list, in place of the one in the brief', helpValue: 'NAME' }),
  csv: Flags.string({ description: 'a CSV file, without importing it before', helpValue: 'FILE' }),
  basis: Flags.option({
    options: ['consent', 'customer'] as const,
    description: 'for --csv: why these people may be written to',
  })(),
  map: Flags.string({
    multiple: true,
    description: 'for --csv: what a column means',
    helpValue: 'COLUMN=FIELD',
  }),
  transport: transportFlag,
};

export const officeFlag = Flags.boolean({
  description: 'for every client of the office; goes with an address alone',
  default: false,
});

export const dryRun = Flags.boolean({ description: 'show what would be done, and do nothing' });
export const yes = Flags.boolean({ char: 'y', description: 'do it without asking' });
export const acceptDrift = Flags.boolean({
  description: 'put back what others changed on the host, and keep a copy of theirs',
});
export const requireApproval = Flags.boolean({ description: "refuse without the client's approval" });
export const atFlag = Flags.string({
  description: "when to begin, on the client's clock; now takes an earlier word back",
  helpValue: 'TIME',
});
