import { entry, oneOf } from './entry.ts';

interface CampaignDay {
  readonly client: string;
  readonly campaign: string;
  /** In the client's time zone. */
  readonly today: string;
  readonly timezone: string;
  /** The field of the brief. */
  readonly rule: string;
}

/** What the gate refused: `subject` is `The website` or `The campaign "spring"`, `ask` the command that asks anew. */
interface Refused {
  readonly client: string;
  readonly subject: string;
  readonly rule: string;
  readonly ask: string;
}

const UNTOUCHED = 'Nothing went out; everything is as it was.';

/** Refusals by the client's own rules. Approvers are named, never their addresses. */
export const approvalErrors = {
  APPROVAL_MISSING: entry<{
    client: string;
    subject: string;
    rule: string;
    approvers: readonly string[];
    ask: string;
    digest?: string | undefined;
  }>({
    title: 'The client has not approved this',
    exit: 'refused',
    message: ({ client, subject, rule }) =>
      `${subject} of "${client}" has not been approved, and the rule ${rule} asks for it. ${UNTOUCHED}`,
    hint: ({ client, approvers, ask }) =>
      approvers.length > 0
        ? `This may be approved by: ${approvers.join(', ')}. Ask with: ${ask}. What was asked already: sec approval list ${client}`
        : `Nobody may approve yet: name somebody under approvers: in sites/${client}/site.yaml.`,
  }),
  APPROVAL_STALE: entry<Refused & { problem: string }>({
    title: 'The approval is for something else than this',
    exit: 'refused',
    message: ({ client, subject, problem }) =>
      `${subject} of "${client}" was approved, but ${problem}. ${UNTOUCHED}`,
    hint: ({ ask }) => `Show the client what there is now: ${ask}`,
  }),
  APPROVAL_EXPIRED: entry<Refused & { expired: string }>({
    title: 'The approval is too old',
    exit: 'refused',
    message: ({ client, subject, expired }) =>
      `${subject} of "${client}" was approved, but the approval held until ${expired} only. ${UNTOUCHED}`,
    hint: ({ ask }) => `Ask again: ${ask}`,
  }),
  APPROVAL_REVOKED: entry<Refused>({
    title: 'The approval was taken back',
    exit: 'refused',
    message: ({ client, subject }) =>
      `${subject} of "${client}" was approved, and the approval was taken back. ${UNTOUCHED}`,
    hint: ({ ask }) => `Find out why, then ask again: ${ask}`,
  }),
  APPROVAL_WRONG_APPROVER: entry<Refused & { approver: string; may: readonly string[] }>({
    title: 'Approved by somebody who may not',
    exit: 'refused',
    message: ({ client, subject, approver }) =>
      `${subject} of "${client}" was approved by ${approver}, who may not approve this by the client's rules. ${UNTOUCHED}`,
    hint: ({ may, ask }) =>
      may.length > 0
        ? `This may be approved by: ${may.join(', ')}. Ask with: ${ask}`
        : 'Nobody may approve this yet: name somebody under approvers: in site.yaml.',
  }),
  APPROVAL_WEAK: entry<Refused & { tier: string; wanted: string }>({
    title: 'The approval is not sure enough',
    exit: 'refused',
    message: ({ client, subject, tier, wanted }) =>
      `${subject} of "${client}" was approved (${tier}), and the client's rules ask for ${wanted} at least. ${UNTOUCHED}`,
    hint: ({ ask }) => `Ask again, in the surer way: ${ask}`,
  }),
  APPROVAL_SECOND_MISSING: entry<Refused & { count: number; limit: number }>({
    title: 'A second approval is missing',
    exit: 'refused',
    message: ({ client, subject, count, limit, rule }) =>
      `${subject} of "${client}" goes to ${count} people; above ${limit} two approvers must agree (rule ${rule}), and one has. ${UNTOUCHED}`,
    hint: ({ ask }) => `Ask a second approver: ${ask} --approver NAME`,
  }),
  APPROVAL_AUDIENCE_GREW: entry<Refused & { approved: number; added: number }>({
    title: 'More people than were approved',
    exit: 'refused',
    message: ({ client, subject, approved, added }) =>
      `${subject} of "${client}" was approved for ${approved} people, and ${added} who were not among them would get it now. ${UNTOUCHED}`,
    hint: ({ ask }) => `Ask again, with the list as it is now: ${ask}`,
  }),
  APPROVAL_BROKEN: entry<{ client: string; file: string; problem: string }>({
    title: 'An approval was changed or forged',
    exit: 'refused',
    message: ({ client, file, problem }) =>
      `The approval ${file} of "${client}" does not hold: ${problem}. ${UNTOUCHED}`,
    hint: ({ client }) =>
      `Bring the file back as it was (git shows who changed it), or ask again. All of them: sec approval verify ${client}`,
  }),
  POLICY_UNAPPROVED: entry<{ client: string; changed: readonly string[]; approvers: readonly string[] }>({
    title: "The client's rules were changed without the client",
    exit: 'refused',
    message: ({ client, changed }) =>
      `The rules of "${client}" in site.yaml are not the ones that the client agreed to (${changed.join(', ')}). ${UNTOUCHED}`,
    hint: ({ client, approvers }) =>
      `Take the change back, or let it be approved under the old rules by ${approvers.join(' or ') || 'an approver'}: sec approval request ${client} policy`,
  }),
  POLICY_SENDER: entry<{ client: string; campaign: string; language: string }>({
    title: 'The promotion comes from another sender than the rules say',
    exit: 'refused',
    message: ({ client, campaign, language }) =>
      `"${campaign}" (${language}) does not come from the address that the rule policy.identity.from of "${client}" names. ${UNTOUCHED}`,
    hint: ({ client, campaign }) =>
      `Take from: out of campaigns/${client}/${campaign}/campaign.md, or correct sender: in site.yaml.`,
  }),
  POLICY_FOOTER: entry<{ client: string; campaign: string; language: string; footer: string }>({
    title: 'The promotion lacks the text that the rules ask for',
    exit: 'refused',
    message: ({ client, campaign, language, footer }) =>
      `"${campaign}" (${language}) does not show “${footer}”, which the rule policy.identity.footer of "${client}" asks for. ${UNTOUCHED}`,
    hint: () => 'Write it into the brief, or use a template that shows it.',
  }),
  APPROVERS_NONE: entry<{ client: string; kind: string; wanted: number }>({
    title: 'Nobody may approve',
    exit: 'badConfig',
    message: ({ client, kind, wanted }) =>
      `There ${wanted === 1 ? 'is nobody' : `are not ${wanted} people`} who may approve ${kind} for "${client}". Nobody was asked.`,
    hint: ({ client }) => `Name them under approvers: in sites/${client}/site.yaml.`,
  }),
  APPROVER_UNKNOWN: entry<{ client: string; approver: string; known: readonly string[] }>({
    title: 'No approver of that name',
    exit: 'usage',
    message: ({ client, approver }) => `"${approver}" is not among the approvers of "${client}".`,
    hint: ({ known, client }) =>
      known.length > 0
        ? `Write ${oneOf(known)}.`
        : `Name them under approvers: in sites/${client}/site.yaml.`,
  }),
  APPROVAL_NOTHING_NEW: entry<{ client: string; subject: string }>({
    title: 'There is nothing to approve',
    exit: 'usage',
    message: ({ client, subject }) => `${subject} of "${client}" would change nothing. Nobody was asked.`,
    hint: () => 'Make the change first, then ask.',
  }),
  APPROVAL_LIST_NEEDED: entry<{ client: string; campaign: string; list: string }>({
    title: 'The file that the campaign was begun with is needed',
    exit: 'usage',
    message: ({ campaign, list }) =>
      `"${campaign}" was begun with the file ${list}, and what its people would read cannot be shown without it. Nobody was asked.`,
    hint: ({ client, campaign, list }) =>
      `Give the file once more: sec approval request ${client} ${campaign} --csv ${list} --basis customer (or consent). Whoever is new in it gets nothing.`,
  }),
  REQUEST_NOT_SENT: entry<{ client: string; transport: string; problem: string }>({
    title: 'The mail to the approver was not taken',
    exit: 'unavailable',
    message: ({ transport, problem }) =>
      `${transport} did not take the mail to the approver: ${problem}. Nobody was asked.`,
    hint: ({ client }) =>
      `Check sender: and the approver's address in sites/${client}/site.yaml, or write the mail yourself: add --no-mail.`,
  }),
  REQUEST_UNKNOWN: entry<{ client: string; known: readonly string[] }>({
    title: 'No such request for approval',
    exit: 'usage',
    message: ({ client }) => `"${client}" has no request for approval of that name.`,
    hint: ({ client, known }) =>
      known.length > 0 ? `There are: ${known.join(', ')}` : `Ask first: sec approval request ${client} site`,
  }),
  REQUEST_CODE_WRONG: entry<{ client: string }>({
    title: 'The code does not fit',
    exit: 'refused',
    message: ({ client }) =>
      `No request of "${client}" that is waiting for an answer has this code. Nothing was recorded.`,
    hint: ({ client }) =>
      `Copy the code out of the client's mail once more, whole. What is waiting: sec approval list ${client}`,
  }),
  REQUEST_DECIDED: entry<{ client: string; request: string; outcome: string }>({
    title: 'This was answered already',
    exit: 'refused',
    message: ({ request, outcome }) =>
      `The request ${request} was answered already: ${outcome}. That answer stands.`,
    hint: ({ client }) => `To ask once more: sec approval request ${client} …`,
  }),
  REQUEST_EXPIRED: entry<{ client: string; request: string; expired: string }>({
    title: 'The time to answer is over',
    exit: 'refused',
    message: ({ request, expired }) =>
      `The request ${request} could be answered until ${expired}. Nothing was recorded.`,
    hint: ({ client }) => `Ask once more: sec approval request ${client} …`,
  }),
  REQUEST_WITHDRAWN: entry<{ client: string; request: string; why: string }>({
    title: 'The request was withdrawn',
    exit: 'refused',
    message: ({ request, why }) =>
      `The request ${request} does not count any more: ${why}. Nothing was recorded.`,
    hint: ({ client }) => `Ask once more: sec approval request ${client} …`,
  }),
  PHONE_NOT_ALLOWED: entry<{ client: string }>({
    title: 'An approval by phone is against the rules',
    exit: 'refused',
    message: ({ client }) =>
      `The rules of "${client}" do not let the office record an approval that was given by phone. Nothing was recorded.`,
    hint: ({ client }) =>
      `Let the client answer the request itself. The rule is policy.operator.phone in sites/${client}/site.yaml.`,
  }),
  PASSKEY_UNKNOWN: entry<{ client: string }>({
    title: 'No such passkey',
    exit: 'usage',
    message: ({ client }) =>
      `No approver of "${client}" has made a passkey with this number. Nothing was changed.`,
    hint: ({ client }) => `Ask them to read it once more. Those that wait: sec approval passkey ${client}`,
  }),
  STATEMENT_UNKNOWN: entry<{ client: string; known: readonly string[] }>({
    title: 'No such approval',
    exit: 'usage',
    message: ({ client }) => `"${client}" has no approval that begins like this.`,
    hint: ({ known }) => (known.length > 0 ? `There are: ${known.join(', ')}` : 'There is none yet.'),
  }),
  APPROVAL_KEY_MISSING: entry<{ client: string; key: string }>({
    title: "The key that signs this client's approvals is not on this computer",
    exit: 'badConfig',
    message: ({ client, key }) =>
      `Approvals of "${client}" are signed with the key ${key}, which is not on this computer. Nothing was recorded.`,
    hint: ({ client }) =>
      `Do it on the computer where the client was asked first. If that key is lost, give the client a new one: sec approval key ${client} --new (what was approved stays approved).`,
  }),
  APPROVAL_KEY_LOCKED: entry<{ client: string; problem: string }>({
    title: "The key that signs this client's approvals is locked away",
    exit: 'badConfig',
    message: ({ client, problem }) =>
      `The key that signs approvals of "${client}" is in a vault that does not open: ${problem}. Nothing was recorded.`,
    hint: ({ client }) =>
      `Run it in a terminal, or set SEC_VAULT_PASSPHRASE. With the code of its recovery sheet it opens again: sec vault restore ${client}. If all of these are lost, give the client a new key: sec approval key ${client} --new`,
  }),
  APPROVAL_KEYS_BROKEN: entry<{ client: string; file: string; problem: string }>({
    title: 'The list of trusted keys cannot be used',
    exit: 'refused',
    message: ({ client, file, problem }) =>
      `The trusted keys of "${client}" in ${file} ${problem}. ${UNTOUCHED}`,
    hint: () => 'Bring the file back as it was committed.',
  }),
  CAMPAIGN_EARLY: entry<CampaignDay & { starts: string }>({
    title: 'The promotion has not begun',
    exit: 'refused',
    message: ({ campaign, starts, today, timezone }) =>
      `"${campaign}" begins on ${starts}, and there it is ${today} (${timezone}). ${UNTOUCHED}`,
    hint: ({ client, campaign, starts }) =>
      `Send it from ${starts} on. If it is to go out today, correct starts: in campaigns/${client}/${campaign}/campaign.md.`,
  }),
  CAMPAIGN_OVER: entry<CampaignDay & { ends: string }>({
    title: 'The promotion is over',
    exit: 'refused',
    message: ({ campaign, ends, today, timezone }) =>
      `"${campaign}" ended on ${ends}, and there it is ${today} (${timezone}). ${UNTOUCHED}`,
    hint: ({ client, campaign }) =>
      `If the client still keeps the offer, correct ends: in campaigns/${client}/${campaign}/campaign.md; else stop it for good: sec promo cancel ${client} ${campaign}`,
  }),
  OUTSIDE_HOURS: entry<{
    client: string;
    what: string;
    rule: string;
    allowed: string;
    now: string;
    next: string;
  }>({
    title: "Outside the client's days and hours",
    exit: 'refused',
    message: ({ client, what, rule, allowed, now }) =>
      `${what} for "${client}" is allowed ${allowed} (rule ${rule}), and there it is ${now}. ${UNTOUCHED}`,
    hint: ({ next }) => `The next allowed moment is ${next}. Run the same command again then.`,
  }),
};
