/** What becomes of raw HTML in a text: it keeps what a text needs, all of it, or is shown as it is written. */
export type HtmlRule = 'sanitise' | 'allow' | 'escape';
