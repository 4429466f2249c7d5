/** What to do with a new brief. */
export function promoNewView(client: string, campaign: string, file: string, dryRun: boolean): string {
  if (dryRun) return `This would be written: ${file}. Nothing was changed.`;
  return [
    `A new brief: ${file}`,
    '',
    `1. Fill in what carries a ✎, in any editor.`,
    `2. sec promo check ${client} ${campaign}`,
    `3. sec promo preview ${client} ${campaign}`,
  ].join('\n');
}
