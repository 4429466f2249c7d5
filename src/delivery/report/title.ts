/**
 * What a report is called: the subject line, with dots for what each reader has of their own. Where nothing else is in
 * it, the campaign's name.
 */
export function reportTitle(subject: string, campaign: string): string {
  const seen = subject.replace(/\{\{[^}]*\}\}/g, '…').trim();
  return /[^…\s\p{P}]/u.test(seen) ? seen : campaign;
}
