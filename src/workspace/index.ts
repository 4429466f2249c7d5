export { type AdoptedFacts, adoptedSite } from './adopted.ts';
export type { Client } from './client.ts';
export { contentFolder } from './content-folder.ts';
export { checkClientName, createClient, createWorkspace, isClientNameValid } from './create.ts';
export { WORKSPACE_FILE } from './find.ts';
export { openWorkspace, type Workspace } from './open.ts';
export type { Policy } from './schema.ts';
