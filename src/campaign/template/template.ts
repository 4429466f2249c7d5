/** A file of a template, with the name that errors call it by. */
export interface TemplateFile {
  /** Relative to the workspace, or `templates/email/…` for what ships with sec. */
  readonly file: string;
  readonly source: string;
}

/** An e-mail template: MJML and Handlebars, with the parts it shares with others and its words. */
export interface Template extends TemplateFile {
  readonly name: string;
  /** By name, for `{{> name}}`; a file that `mj-include` names is one too, under its path: `parts/top.mjml`. */
  readonly partials: ReadonlyMap<string, TemplateFile>;
  /** The template's own words in the message's language. */
  readonly words: Readonly<Record<string, string>>;
}
