import type { Hook } from '@oclif/core/hooks';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';

/** A word that is no command: name the near ones. oclif also comes here for a word too many after a command that takes none. */
const commandNotFound: Hook<'command_not_found'> = async ({ id, config }) => {
  const known = config.commandIDs.map((name) => name.replaceAll(':', ' '));
  const typed = id.replaceAll(':', ' ');
  const command = known.find((name) => typed.startsWith(`${name} `));
  if (command)
    throw fail('USAGE', { problem: `There is a word too many: ${typed.slice(command.length + 1)}`, command });
  throw fail('COMMAND_UNKNOWN', { command: typed, near: nearNames(typed, known) });
};

export default commandNotFound;
