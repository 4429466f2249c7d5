import type { Hook } from '@oclif/core/hooks';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';

/** A word that is no command: name the near ones. */
const commandNotFound: Hook<'command_not_found'> = async ({ id, config }) => {
  const known = config.commandIDs.map((name) => name.replaceAll(':', ' '));
  const command = id.replaceAll(':', ' ');
  throw fail('COMMAND_UNKNOWN', { command, near: nearNames(command, known) });
};

export default commandNotFound;
