import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** The words and flags that several commands share. Words are optional for oclif: a terminal asks for them. */
// oclif would fill a missing word from the input, and then show what may be a password as a client that it does not know.
export const clientArg = Args.string({ description: "the client's short name", ignoreStdin: true });
export const listArg = Args.string({ description: "the list's name" });
export const emailArg = Args.string({ description: 'the e-mail address', ignoreStdin: true });
export const campaignArg = Args.string({ description: "the campaign's short name" });

export const whereFlag = Flags.string({
  description: `only a part of the list, by its columns: 'city == "Rīga" && orders >= 3'`,
  helpValue: 'EXPR',
});

export const officeFlag = Flags.boolean({
  description: 'for every client of the office; goes with an address alone',
  default: false,
});

export const dryRun = Flags.boolean({ description: 'show what would be done, and do nothing' });
export const yes = Flags.boolean({ char: 'y', description: 'do it without asking' });
export const acceptDrift = Flags.boolean({
  description: 'replace what others changed on the host too, and keep a copy of it',
});
export const atFlag = Flags.string({
  description: "when to begin, on the client's clock; now takes an earlier word back",
  helpValue: 'TIME',
});
