import { sha256 } from '../../core/digest.ts';

/** As `recipientId` makes them. */
const idPattern = /^[A-Za-z0-9_-]{22}$/;

export const isRecipientId = (text: string): boolean => idPattern.test(text);

/** What the Message-ID of one recipient's copy begins with; stable, and tells nothing of either. */
export const messageToken = (client: string, campaign: string, recipient: string): string =>
  sha256(`${client}\n${campaign}\n${recipient}`).slice(0, 40);

/** The campaign that a copy was of; undefined where it is none of this client's. */
export const campaignOf = (
  client: string,
  campaigns: readonly string[],
  recipient: string,
  token: string,
): string | undefined => campaigns.find((campaign) => messageToken(client, campaign, recipient) === token);
