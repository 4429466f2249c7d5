import { type Digest, digestOf, sha256 } from '../../core/digest.ts';
import type { Client, Policy } from '../../workspace/index.ts';
import type { Kind } from '../statement/statement.ts';

/** Somebody who may approve, without their address. */
export interface Approver {
  /** Stands for name and address in statements: another address is another approver. */
  readonly id: string;
  readonly name: string;
  readonly approves: readonly Kind[];
}

/** The rules that a client agreed to: its policy and who speaks for it. */
export interface Rules {
  readonly policy: Policy;
  readonly approvers: readonly Approver[];
}

/** The rules as site.yaml has them. */
export function rulesOf({ name, config }: Pick<Client, 'name' | 'config'>): Rules {
  return {
    policy: config.policy,
    approvers: config.approvers.map((approver) => ({
      id: approverId(name, approver),
      name: approver.name,
      approves: approver.approves,
    })),
  };
}

export const rulesDigest = (rules: Rules): Digest => digestOf(rules);

/** The approvers who may approve things of this kind. */
export const approversFor = ({ approvers }: Rules, kind: Kind): readonly Approver[] =>
  approvers.filter(({ approves }) => approves.includes(kind));

/** Whether these rules give the client a say in anything, so that changing them needs the client's yes too. */
export const givesSay = ({ policy: { approval } }: Rules): boolean =>
  approval.site !== 'none' || approval.campaign !== 'none';

/** The fields that two sets of rules differ in, as site.yaml names them. */
export function changedRules(before: Rules, after: Rules): string[] {
  const fields = (rules: Rules) =>
    new Map<string, Digest>([
      ['approvers', digestOf(rules.approvers)],
      ...Object.entries(rules.policy).map(([field, value]): [string, Digest] => [
        `policy.${field}`,
        digestOf(value),
      ]),
    ]);
  const [old, now] = [fields(before), fields(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((field) => old.get(field) !== now.get(field));
}

/** Stands for an approver: the same for the same name and address of the same client. */
export function approverId(client: string, { name, email }: { name: string; email: string }): string {
  return sha256([client, name, email.toLowerCase()].join('\n')).slice(0, 16);
}
