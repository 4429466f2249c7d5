import type { QuickCheck } from '../core/quick-check.ts';

/**
 * Checks of sec.yaml and site.yaml without zod, which takes longer to begin than a light command takes for all else.
 * The build makes them of the schemas (scripts/build/quick-settings.ts); from source there are none, and zod checks.
 */
export const quickOffice: QuickCheck | undefined = undefined;
export const quickSite: QuickCheck | undefined = undefined;
