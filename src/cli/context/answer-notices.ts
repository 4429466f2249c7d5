import { answerMail } from '../../approval/request/answer-mail.ts';
import { isSecError } from '../../core/errors/index.ts';
import { finish } from '../../core/progress.ts';
import type { ApprovalReceipt } from './approval-answer.ts';
import { sendMail } from './approval-mail.ts';
import type { Context } from './context.ts';

/** Tells the office by mail what approvers answer while it does not look. */
export interface AnswerNotices {
  /** Begins to write about an answer: the approver waits for nothing, and the answer stands whatever comes of it. */
  tell(receipt: ApprovalReceipt): void;
  /** When every mail that was begun is sent, or was not. */
  settled(): Promise<void>;
}

/** @param failed what to say where a mail could not be sent */
export function answerNotices(context: Context, failed: (text: string) => void): AnswerNotices {
  let last: Promise<void> = Promise.resolve();
  return {
    tell(receipt) {
      last = last.then(() => write(context, receipt, failed));
    },
    settled: () => last,
  };
}

async function write(
  context: Context,
  receipt: ApprovalReceipt,
  failed: (text: string) => void,
): Promise<void> {
  try {
    const workspace = context.workspace();
    const client = workspace.client(receipt.client);
    if (client.config.sender?.transport === undefined) return;
    const { name, email } = workspace.config.operator;
    const message = answerMail({
      answered: receipt,
      business: client.config.name,
      office: { name, email },
      from: client.config.sender.email,
    });
    const refused = await finish(sendMail(context, client, message, email, undefined));
    if (refused) failed(`${refused.transport} took no mail about it to the office: ${refused.problem}`);
  } catch (error) {
    if (!isSecError(error)) throw error;
    failed(`No mail about it went to the office: ${error.message}`);
  }
}
