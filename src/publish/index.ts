export { type Drift, driftUnder, findDrift, pathsToBringAgain, touchedPaths } from './drift.ts';
export type {
  Host,
  HostSession,
  HostState,
  Interruption,
  Manner,
  MovedAside,
  Publication,
  SurveyScope,
  SwitchOutcome,
} from './host.ts';
export { journalText, parseJournal } from './journal.ts';
export {
  HEARTBEAT_SECONDS,
  isAbandoned,
  type LockClaim,
  type LockRecord,
  lockRecord,
  parseLock,
} from './lock.ts';
export type { HostIdentity, HostLogin, LoginQuestion, Secrets } from './login.ts';
export {
  emptyManifest,
  type FileEntry,
  headersDigest,
  type Manifest,
  makeManifest,
  manifestText,
  parseManifest,
} from './manifest.ts';
export { isPage } from './order.ts';
export { isSettled, optionsOf, type PublishPlan, planPublish } from './plan.ts';
export { type Published, publish } from './publish.ts';
export {
  KEPT_RELEASES,
  type PublishedRecord,
  type ReleaseStore,
  type StoredRelease,
} from './release-store.ts';
export type { LiveSite, Verification } from './verify.ts';
