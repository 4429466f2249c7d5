/** One page of a build, for whoever tells a person what changed. */
export interface BuiltPage {
  /** In the release. */
  readonly path: string;
  readonly url: string;
  readonly title: string;
  readonly lang: string;
}
