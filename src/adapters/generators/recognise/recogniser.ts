import type { z } from 'zod';
import type { siteSchema } from '../../../workspace/schema.ts';
import type { Project } from './project.ts';

/** What `build:` of site.yaml says. */
export type BuildSetting = NonNullable<z.input<typeof siteSchema>['build']>;

/** What a folder turned out to be. What it does not say itself stays open. */
export interface Recognised {
  /** What people call the generator. */
  readonly generator: string;
  readonly build: BuildSetting;
  /** Folder inside the project that holds all of the site; the project itself where absent. */
  readonly part?: string | undefined;
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly locales?: readonly string[] | undefined;
  /** What must be run once in its folder before it can be built. */
  readonly prepare?: string | undefined;
}

export interface Recogniser {
  readonly generator: string;
  /** Undefined for a folder that is none of its own. */
  recognise(project: Project): Recognised | undefined;
}
