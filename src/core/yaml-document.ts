/** The parser of YAML by itself: `yaml.ts` loads it when a text is more than plain, or when an edit or an error asks. */
export { isNode, LineCounter, parseDocument } from 'yaml';
