import type { Hook } from '@oclif/core/hooks';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';

/** A word that is no command: name the near ones. oclif also comes here for a word too many after a command that takes none. */
const commandNotFound: Hook<'command_not_found'> = async ({ id, config }) => {
  const known = config.commandIDs.map((name) => name.replaceAll(':', ' '));
  const typed = id.replaceAll(':', ' ');
  const complete = known.find((name) => typed.startsWith(`${name} `));
  if (complete)
    throw fail('USAGE', {
      problem: `There is a word too many: ${typed.slice(complete.length + 1)}`,
      command: complete,
    });
  const words = typed.split(' ');
  const isTopic = known.some((name) => name.startsWith(`${words[0]} `));
  const near = nearNames(words.slice(0, 2).join(' '), known);
  const withoutTopic = known.filter((name) => name.endsWith(` ${words[0]}`));
  const other = isTopic ? [] : [...withoutTopic, ...nearNames(words[0] ?? '', known)];
  const command = words.slice(0, isTopic || near.length > 0 ? 2 : 1).join(' ');
  throw fail('COMMAND_UNKNOWN', { command, near: near.length > 0 ? near : other });
};

export default commandNotFound;
