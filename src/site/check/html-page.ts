/** What the rules want to know of one HTML page, as a browser would read it. */
export interface HtmlPage {
  /** `lang` of the html element; undefined where it has none. */
  readonly lang: string | undefined;
  /** Text of the title element; undefined where there is none. */
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Whether search engines are told to leave it alone. */
  readonly isHidden: boolean;
  /** Whether it only leads elsewhere. */
  readonly isRedirect: boolean;
  readonly links: readonly HtmlLink[];
  readonly images: readonly HtmlImage[];
  readonly headings: readonly HtmlHeading[];
  /** What `#…` can lead to. */
  readonly ids: ReadonlySet<string>;
  /** Texts that a visitor reads, without code; and those of alt, title and description. */
  readonly texts: readonly string[];
  /** style attributes and style elements. */
  readonly styles: readonly HtmlStyle[];
}

export interface HtmlLink {
  readonly href: string;
  /** `a`, `link`, `script`, `iframe` … */
  readonly tag: string;
  /** Whether a visitor follows it, rather than the browser by itself. */
  readonly isFollowed: boolean;
}

export interface HtmlImage {
  readonly src: string;
  /** undefined where the attribute is not there at all. */
  readonly alt: string | undefined;
  /** Pictures of a picture element, posters and srcset need no words of their own. */
  readonly needsAlt: boolean;
  /** What a browser of today may load for it, one of them; empty for what is counted with another one. */
  readonly served: readonly string[];
}

export interface HtmlHeading {
  readonly level: number;
  readonly text: string;
}

export interface HtmlStyle {
  readonly css: string;
  /** Whether it is the style attribute of one element. */
  readonly isInline: boolean;
}
