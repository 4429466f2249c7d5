import type { KeptRequest } from './store.ts';

/** Of all requests the last that each approver was asked about each thing: those before it count no more. Oldest first. */
export function newestRequests<Kept extends Pick<KeptRequest, 'request'>>(kept: readonly Kept[]): Kept[] {
  const newest = new Map<string, Kept>();
  for (const one of kept) {
    const { kind, campaign, approver } = one.request;
    const key = JSON.stringify([kind, campaign, approver.id]);
    newest.delete(key);
    newest.set(key, one);
  }
  return [...newest.values()];
}
