import type { FilledForm } from './mime/form.ts';
import { isWritable } from './mime/mailbox.ts';
import { type Outcome, plainReason } from './outcome.ts';
import type { Mail } from './transport.ts';

/** Why a mail cannot be addressed at all; undefined for one that can. */
export function unwritable({ recipient }: Mail): Outcome | undefined {
  if (isWritable(recipient.address)) return undefined;
  return { kind: 'rejected', reason: 'the address is not one that mail can be written to' };
}

/** A mail as it is to go out; or what came of it where it could not be made, which concerns this recipient alone. */
export function composed(mail: Mail): FilledForm | Outcome | Promise<FilledForm | Outcome> {
  try {
    const made = unwritable(mail) ?? mail.signed();
    return made instanceof Promise ? made.catch(unmade) : made;
  } catch (error) {
    return unmade(error);
  }
}

const unmade = (error: unknown): Outcome => ({
  kind: 'rejected',
  reason: `the message could not be made: ${plainReason(String(error))}`,
});
