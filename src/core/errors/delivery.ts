import { entry } from './entry.ts';

/** The receipt as errors carry it: a send that stopped still says where everybody stands. */
interface Standing {
  readonly client: string;
  readonly campaign: string;
  readonly accepted: number;
  readonly planned: number;
  readonly inDoubt: number;
}

const again = ({ client, campaign }: { client: string; campaign: string }) =>
  `Go on with: sec promo resume ${client} ${campaign}. Nobody is written to twice.`;

const standing = ({ accepted, planned, inDoubt }: Standing) =>
  `So far ${accepted} accepted, ${planned} still to go${inDoubt > 0 ? `, ${inDoubt} in doubt` : ''}.`;

const doubtHint = (p: Standing) =>
  p.inDoubt > 0 ? ` See those in doubt with: sec promo resolve ${p.client} ${p.campaign}` : '';

/** Failures of the room `delivery`. */
const peopleHave = (n: number): string => (n === 1 ? '1 person has' : `${n} people have`);

export const deliveryErrors = {
  SENDER_UNUSABLE: entry<{ client: string; campaign: string; field: string }>({
    title: 'A sender that no mail can come from',
    exit: 'badConfig',
    message: ({ campaign, field }) =>
      `The address in "${field}" of "${campaign}" is not one that mail can carry. Nothing was sent.`,
    hint: ({ client, campaign }) =>
      `Write it with letters a–z before the @ and the name of a mail domain behind it: sender: in sites/${client}/site.yaml, or from: and replyTo: in campaigns/${client}/${campaign}/campaign.md.`,
  }),
  DKIM_KEY_UNUSABLE: entry<{ client: string; problem: string }>({
    title: 'A key that cannot sign mail',
    exit: 'badConfig',
    message: ({ client, problem }) =>
      `The key in sender.dkim of "${client}" cannot be used: ${problem}. Nothing was sent.`,
    hint: ({ client }) =>
      `Name a private key (PEM) outside the workspace in sites/${client}/site.yaml: sender: {dkim: {selector: …, key: ~/keys/${client}.pem}}, or take dkim: out to send without a signature.`,
  }),
  TRANSPORT_MISSING: entry<{ client: string }>({
    title: 'Nothing says how mail leaves',
    exit: 'badConfig',
    message: ({ client }) => `The client "${client}" has no transport. Nothing was sent.`,
    hint: () =>
      'Name one with --transport, or as sender.transport in site.yaml: smtp://host:port, smtps://…, sendgrid: or outbox:DIR',
  }),
  TRANSPORT_INVALID: entry<{ transport: string; problem: string; fits: string }>({
    title: 'A transport that is none',
    exit: 'badConfig',
    message: ({ transport, problem }) =>
      `The transport "${transport}" cannot be used: ${problem}. Nothing was sent.`,
    hint: ({ fits }) => fits,
  }),
  TRANSPORT_UNREACHABLE: entry<{ transport: string; problem: string }>({
    title: 'The mail server is not there',
    exit: 'unavailable',
    message: ({ transport, problem }) => `${transport} cannot be reached: ${problem}. Nothing was sent.`,
    hint: () =>
      'Check the address and the network (or ask whoever runs the mail server), then run the same command again.',
  }),
  TRANSPORT_REFUSED: entry<{ transport: string; problem: string }>({
    title: 'The mail server refuses',
    exit: 'unavailable',
    message: ({ transport, problem }) => `${transport} refuses: ${problem}. Nothing was sent.`,
    hint: () =>
      'Check the user, the password and the sender address with whoever runs the mail server, then run it again.',
  }),
  TEST_REFUSED: entry<{ transport: string; problem: string }>({
    title: 'The test mail was not taken',
    exit: 'unavailable',
    message: ({ transport, problem }) => `${transport} did not take the test mail: ${problem}.`,
    hint: () =>
      'Check the address after --to and the sender in site.yaml, then try again. Nobody else was written to.',
  }),
  TEST_UNCHECKABLE: entry<{ transport: string }>({
    title: 'Only SendGrid checks without sending',
    exit: 'usage',
    message: ({ transport }) =>
      `${transport} cannot check a mail without sending it; only sendgrid: can. Nothing was sent.`,
    hint: () => 'Leave --check-only out to send yourself a copy, or look at it with: sec promo preview',
  }),
  TEST_FAULTY: entry<{ transport: string; problem: string }>({
    title: 'The test mail was not found right',
    exit: 'unavailable',
    message: ({ transport, problem }) =>
      `${transport} was asked only to check the test mail, and did not say that it is right: ${problem}.`,
    hint: () => 'Mend what it names, and try again. Nobody on a list was written to.',
  }),
  RECALL_UNCONFIRMED: entry<{ transport: string; problem: string }>({
    title: 'Nobody confirmed that mail was stopped',
    exit: 'unavailable',
    message: ({ transport, problem }) =>
      `${transport} did not confirm that the mail it holds was stopped: ${problem}. Nobody else will be handed over, but what it holds may still leave.`,
    hint: () => 'Run the same command again at once, or stop the batch on the pages of SendGrid.',
  }),
  SEND_STOPPED: entry<Standing & { transport: string; problem: string }>({
    title: 'The mail server disappeared half-way',
    exit: 'stoppedPartWay',
    message: (p) => `Sending stopped part-way: ${p.transport}: ${p.problem}. ${standing(p)}`,
    hint: (p) => again(p) + doubtHint(p),
  }),
  SEND_INTERRUPTED: entry<Standing>({
    title: 'Stopped at your word, part-way',
    exit: 'stoppedPartWay',
    message: (p) => `Stopped at your word, after what was in flight was finished. ${standing(p)}`,
    hint: (p) => again(p) + doubtHint(p),
  }),
  SEND_WINDOW_CLOSED: entry<Standing & { rule: string }>({
    title: "The client's rules end the sending, part-way",
    exit: 'stoppedPartWay',
    message: (p) =>
      `Sending stopped part-way, because the client's rules do not allow it any longer (${p.rule}). ${standing(p)}`,
    hint: (p) => again(p) + doubtHint(p),
  }),
  SEND_HALTED: entry<Standing & { reason: string }>({
    title: 'Paused, because too much comes back',
    exit: 'stoppedPartWay',
    message: (p) => `Sending paused by itself: ${p.reason}. ${standing(p)}`,
    hint: (p) =>
      `Look at where the list comes from before you go on: mail boxes block senders for less. ${again(p)} The limits are sender.pauseAt in site.yaml.`,
  }),
  SCHEDULE_OVERDUE: entry<{ client: string; campaign: string; at: string; late: string }>({
    title: 'The time to begin is long past',
    exit: 'refused',
    message: ({ campaign, at, late }) =>
      `"${campaign}" was meant to begin at ${at}, ${late} ago, and nobody has had it. What it says may be out of date by now. Nothing was sent.`,
    hint: ({ client, campaign }) =>
      `Read it again, then send it at once with: sec promo resume ${client} ${campaign} --at now, or at another time: --at "2026-12-24 09:00"`,
  }),
  TIME_INVALID: entry<{ given: string; problem: string; timezone: string }>({
    title: 'A time that cannot be read',
    exit: 'usage',
    message: ({ given, problem }) => `"${given}" after --at ${problem}. Nothing was sent.`,
    hint: ({ timezone }) =>
      `Write it on the client's clock (${timezone}): --at "2026-12-24 09:00", --at 15:30 for the next time it is half past three, or --at now`,
  }),
  CAMPAIGN_BUSY: entry<{ client: string; campaign: string }>({
    title: 'The campaign is being sent already',
    exit: 'stoppedPartWay',
    message: ({ campaign }) => `Another sec is sending "${campaign}" at this moment. Nothing was changed.`,
    hint: ({ client, campaign }) =>
      `Watch it with: sec promo status ${client} ${campaign}. Stop it with: sec promo pause ${client} ${campaign}`,
  }),
  CAMPAIGN_FENCED: entry<{ campaign: string }>({
    title: 'Another writer took over',
    exit: 'stoppedPartWay',
    message: ({ campaign }) =>
      `Another sec has taken over the sending of "${campaign}"; this one stopped and recorded nothing more.`,
    hint: () => 'Let the other one finish. What this one had in flight is listed there as in doubt.',
  }),
  CAMPAIGN_NOT_SENT: entry<{ client: string; campaign: string }>({
    title: 'The campaign was never sent',
    exit: 'usage',
    message: ({ campaign }) => `"${campaign}" was never sent.`,
    hint: ({ client, campaign }) => `Send it with: sec promo send ${client} ${campaign}`,
  }),
  CAMPAIGN_CANCELLED: entry<{ campaign: string; planned: number }>({
    title: 'The campaign was cancelled',
    exit: 'refused',
    message: ({ campaign, planned }) =>
      `"${campaign}" was cancelled; ${planned} people were not written to, and will not be. Nothing was sent.`,
    hint: () => 'Make a new campaign with another name if they are to be written to after all.',
  }),
  MESSAGE_CHANGED: entry<{ campaign: string; language: string; accepted: number; planned: number }>({
    title: 'The message changed after the send began',
    exit: 'refused',
    message: ({ campaign, language, accepted, planned }) =>
      `The message of "${campaign}" (${language}) is not the one that the send began with: ${peopleHave(accepted)} the earlier one, ${planned} would get another. Nothing was sent.`,
    hint: () =>
      'Put the brief, its template and the sender back as they were and resume; or cancel this campaign and send the new text as a campaign with another name.',
  }),
  AUDIENCE_FROZEN: entry<{ campaign: string; frozen: string; asked: string }>({
    title: 'The campaign has its audience already',
    exit: 'refused',
    message: ({ campaign, frozen, asked }) =>
      `"${campaign}" began with the people of "${frozen}", and a campaign keeps its audience: those of "${asked}" cannot be added. Nothing was sent.`,
    hint: () => 'Make a new campaign for them, with another name.',
  }),
  AUDIENCE_CHANGED: entry<{ list: string }>({
    title: 'The list changed meanwhile',
    exit: 'stoppedPartWay',
    message: ({ list }) =>
      `"${list}" changed between the plan that was shown and the send. Nothing was recorded and nothing was sent.`,
    hint: () => 'Run the same command again and look at the new numbers.',
  }),
  AUDIENCE_MISSING: entry<{ client: string; campaign: string }>({
    title: 'Nothing says whom to write to',
    exit: 'usage',
    message: ({ client, campaign }) =>
      `Nothing says whom "${campaign}" goes to: its brief names no list, and ${client} has none yet. Nothing was sent.`,
    hint: ({ client }) =>
      `Import one with: sec list import ${client} customers FILE.csv, or name a file with --csv FILE`,
  }),
  AUDIENCE_EMPTY: entry<{ list: string; candidates: number }>({
    title: 'Nobody to write to',
    exit: 'badData',
    message: ({ list, candidates }) =>
      candidates === 0
        ? `"${list}" is empty: there is nobody to write to. Nothing was sent.`
        : candidates === 1
          ? `The one row of "${list}" cannot be written to: it is excluded. Nothing was sent.`
          : `None of the ${candidates} rows of "${list}" can be written to: all are excluded. Nothing was sent.`,
    hint: () => 'Look at the list and at the reasons for exclusion, then try again.',
  }),
  LEDGER_UNKNOWN: entry<{ problem: string }>({
    title: 'The ledger cannot be used',
    exit: 'badConfig',
    message: ({ problem }) => `The record of sends cannot be used: ${problem}. Nothing was sent.`,
    hint: () => 'Update sec, or put back the file from a backup; never delete it: it knows who has had mail.',
  }),
  LEDGER_DAMAGED: entry<{ problem: string }>({
    title: 'The ledger is damaged',
    exit: 'io',
    message: ({ problem }) =>
      `The record of sends is damaged: ${problem}. Nothing more is sent with it; what went out before stays recorded as far as it can be read.`,
    hint: () =>
      'Put back the file from a backup, or ask for help first; never delete it: it knows who has had mail.',
  }),
  LEDGER_UNREACHABLE: entry<{ problem: string }>({
    title: 'The shared record of sends is not there',
    exit: 'unavailable',
    message: ({ problem }) =>
      `The shared record of sends (SEC_LEDGER_URL) cannot be reached: ${problem}. What it holds is unchanged, and nothing is sent without it.`,
    hint: () =>
      'Check the network and the database, then run the same command again: nobody is written to twice. What was in flight is listed as in doubt.',
  }),
  WORKER_NEEDS_DATABASE: entry<Record<string, never>>({
    title: 'Workers need the shared record',
    exit: 'badConfig',
    message: () =>
      'Workers share their work through a PostgreSQL database, and here the record of sends is a file of this machine. Nothing was sent.',
    hint: () =>
      'Set SEC_LEDGER_URL=postgres://… on each machine (docs/scaling.md), or send from here: sec promo send without --by-worker.',
  }),
  SUPPRESSION_OTHER_KEY: entry<{ whose: string; folder: string; problem: string }>({
    title: 'A machine that cannot tell who must not be written to',
    exit: 'badConfig',
    message: ({ whose, problem }) =>
      `This machine cannot tell who must not be written to for ${whose}: ${problem}. Nothing was sent and nothing was changed.`,
    hint: ({ folder }) =>
      `Copy the folder ${folder} once from a machine where sec works with this database, and open its key here with "sec vault restore" or SEC_VAULT_KEY_… (docs/scaling.md). What was suppressed on this machine before has to be suppressed again after that.`,
  }),
  LEDGER_OLD: entry<{ witness: string }>({
    title: 'The ledger is older than the last send',
    exit: 'badConfig',
    message: () =>
      'The record of sends is older than the last send, or was begun anew: it does not know of everybody who has had mail, and they would get it a second time. Nothing was sent.',
    hint: ({ witness }) =>
      `Put the newest record back (ledger.sqlite, or the shared database). Where it is lost for good, find out with "sec audit show" and the mail server's log who has had what, and cancel what was under way; only then remove the witness ${witness} and go on.`,
  }),
  LEDGER_UNBALANCED: entry<{ campaign: string; candidates: number; recorded: number }>({
    title: 'The record of a send does not add up',
    exit: 'io',
    message: ({ campaign, candidates, recorded }) =>
      `The record of "${campaign}" does not add up: ${candidates} people were planned, and ${recorded} are recorded. Sending stopped.`,
    hint: () => 'The ledger file was damaged or changed by hand. Put back a backup, or ask for help first.',
  }),
};
