import type { ProgressEvent } from '../../core/progress.ts';

/** Shows what a use case tells. Always on stderr: stdout belongs to results. */
export interface Renderer {
  show(event: ProgressEvent): void;
  /** Called once at the end, also after a failure: leaves the line clean. */
  close(): void;
}
