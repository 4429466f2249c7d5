import { entry } from './entry.ts';

/** Refusals by the client's own rules. Approvers are named, never their addresses. */
export const approvalErrors = {
  APPROVAL_MISSING: entry<{
    client: string;
    subject: string;
    rule: string;
    approvers: readonly string[];
    digest?: string | undefined;
  }>({
    title: 'The client has not approved this',
    exit: 'refused',
    message: ({ client, subject, rule }) =>
      `${subject} of "${client}" has not been approved, and the rule ${rule} asks for it. Nothing went out; everything is as it was.`,
    hint: ({ client, approvers }) =>
      approvers.length > 0
        ? `This may be approved by: ${approvers.join(', ')}.`
        : `Nobody may approve yet: name somebody under approvers: in sites/${client}/site.yaml.`,
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
      `${what} for "${client}" is allowed ${allowed} (rule ${rule}), and there it is ${now}. Nothing went out; everything is as it was.`,
    hint: ({ next }) => `The next allowed moment is ${next}. Run the same command again then.`,
  }),
};
