import pc from 'picocolors';

/** What `sec list suppress` or `allow` did, or would do. The address is not repeated: it stands in the command. */
export function suppressView(
  clientName: string,
  { suppressed, changed, dryRun }: { suppressed: boolean; changed: boolean; dryRun: boolean },
): string {
  if (!changed)
    return suppressed
      ? `That address was suppressed already: ${clientName} writes to it no more.`
      : `That address was not suppressed. Nothing was changed.`;
  if (dryRun) return `Would ${suppressed ? 'suppress' : 'allow'} that address for ${clientName}.`;
  return suppressed
    ? `${pc.green('✓')} Suppressed: no mail of ${clientName} goes to that address any more, whatever a list says.`
    : `${pc.green('✓')} Allowed: mails of ${clientName} may go to that address again, where a list names it.`;
}
