import { approvalErrors } from './approval.ts';
import { audienceErrors } from './audience.ts';
import { campaignErrors } from './campaign.ts';
import { cliErrors } from './cli.ts';
import { deliveryErrors } from './delivery.ts';
import { eventErrors } from './events.ts';
import { generatorErrors } from './generator.ts';
import { hostErrors } from './hosts.ts';
import { privacyErrors } from './privacy.ts';
import { publishErrors } from './publish.ts';
import { siteErrors } from './site.ts';
import { vaultErrors } from './vault.ts';
import { workspaceErrors } from './workspace.ts';

/** Every failure that sec can report. A code is permanent: scripts and search engines know it. */
export const catalogue = {
  ...cliErrors,
  ...workspaceErrors,
  ...siteErrors,
  ...generatorErrors,
  ...publishErrors,
  ...hostErrors,
  ...audienceErrors,
  ...campaignErrors,
  ...deliveryErrors,
  ...eventErrors,
  ...approvalErrors,
  ...vaultErrors,
  ...privacyErrors,
};

export type ErrorCode = keyof typeof catalogue;

/** The parameters that the message of `code` is made from. */
export type ErrorParams<C extends ErrorCode> = Parameters<(typeof catalogue)[C]['message']>[0];
