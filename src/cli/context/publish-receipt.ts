import type { Permit } from '../../approval/index.ts';
import type { Digest } from '../../core/digest.ts';
import type { PublishPlan, Verification } from '../../publish/index.ts';

/** What `--json` prints for a publication or a rollback. */
export interface PublishReceipt {
  readonly client: string;
  /** The place, such as `file:public/kaldi`. */
  readonly host: string;
  readonly release: Digest;
  /** False for a dry run, whose numbers say what would happen. */
  readonly applied: boolean;
  readonly uploaded: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly verified: {
    readonly checked: number;
    readonly mismatched: number;
    readonly overHttp: number;
    readonly readBack: number;
  };
  readonly changes: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  readonly warnings: readonly string[];
  /** Under which approvals it went live; absent where the rules ask for none. */
  readonly approval?: Permit;
  /** Head of the audit log after this; absent where nothing was done. */
  readonly audit?: Digest;
  readonly durationMs: number;
}

/** The part of a receipt that the plan and the verification tell. */
export function receiptOf(
  plan: PublishPlan,
  applied: boolean,
  verification: Verification | undefined,
): Omit<PublishReceipt, 'durationMs' | 'audit' | 'warnings' | 'approval'> {
  const { checked = 0, mismatched = [], overHttp = 0, readBack = 0 } = verification ?? {};
  const uploads = (kind: 'new' | 'changed') =>
    plan.uploads.filter(({ change }) => change === kind).map(({ path }) => path);
  const removed = Object.keys(plan.removals);
  return {
    client: plan.client,
    host: plan.target,
    release: plan.release,
    applied,
    uploaded: plan.uploads.length,
    removed: removed.length,
    unchanged: plan.unchanged,
    verified: { checked, mismatched: mismatched.length, overHttp, readBack },
    changes: { added: uploads('new'), changed: uploads('changed'), removed },
  };
}
