import { createRequire } from 'node:module';
import { type QuickCheck, UNFIT } from '../core/quick-check.ts';
import { checkYaml, type YamlSource } from '../core/yaml.ts';
import { quickOffice, quickSite } from './quick-settings.ts';
import type { SiteConfig, WorkspaceConfig } from './schema.ts';

/** What sec.yaml says. @throws FIELD_INVALID */
export const checkOffice = (source: YamlSource): WorkspaceConfig =>
  (quickly(source, quickOffice) as WorkspaceConfig | undefined) ??
  checkYaml(source, schemas().workspaceSchema, { once: true });

/** What site.yaml says. @throws FIELD_INVALID */
export const checkSite = (source: YamlSource): SiteConfig =>
  (quickly(source, quickSite) as SiteConfig | undefined) ??
  checkYaml(source, schemas().siteSchema, { once: true });

function quickly(source: YamlSource, check: QuickCheck | undefined): unknown {
  const checked = check?.(source.value ?? {});
  return checked === UNFIT ? undefined : checked;
}

/** Loads the schemas, which is for those who must say what does not fit; reading does not wait, so `import()` would not do. */
function schemas(): typeof import('./schema.ts') {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return createRequire(import.meta.url)(`../workspace/schema.${extension}`);
}
