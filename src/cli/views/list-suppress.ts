import pc from 'picocolors';

/** What `sec list suppress` or `allow` did, or would do. The address is not repeated: it stands in the command. */
export function suppressView(
  clientName: string,
  done: { suppressed: boolean; changed: boolean; dryRun: boolean; stillByOffice?: boolean },
): string {
  return done.stillByOffice
    ? `${whatChanged(clientName, done)}\n${pc.yellow('!')} The office still suppresses it for every client: sec list allow --office`
    : whatChanged(clientName, done);
}

function whatChanged(
  clientName: string,
  { suppressed, changed, dryRun }: { suppressed: boolean; changed: boolean; dryRun: boolean },
): string {
  if (!changed)
    return suppressed
      ? `That address was suppressed already: no mail of ${clientName} goes to it.`
      : `That address was not suppressed. Nothing was changed.`;
  if (dryRun) return `Would ${suppressed ? 'suppress' : 'allow'} that address for ${clientName}.`;
  return suppressed
    ? `${pc.green('✓')} Suppressed: no mail of ${clientName} goes to that address any more, whatever a list says.`
    : `${pc.green('✓')} Allowed: mails of ${clientName} may go to that address again, where a list names it.`;
}
