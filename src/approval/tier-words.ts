import type { Tier } from './statement/statement.ts';

const words: Readonly<Record<Tier, string>> = {
  T0: 'T0: the office wrote down a yes given by phone',
  T1: "T1: answered through the link or code in the approver's mail",
  T2: 'T2: link, and a PIN that came another way',
  T3: "T3: signed with the approver's passkey",
};

/** What a tier is worth, said honestly wherever an approval is shown. */
export const tierWords = (tier: Tier): string => words[tier];
