import type {Range} from './range.js';

/** The input line that replaces the footer while something is being typed. */
export type Prompt =
	| {readonly kind: 'filter'; readonly text: string}
	/** Asks for the name of a mark. */
	| {readonly kind: 'mark'; readonly text: string}
	| {
			/** Asks what to compare with. */
			readonly kind: 'compare';
			readonly text: string;
			/** Why the text was rejected; undefined again once the text changes. */
			readonly error: string | undefined;
	  }
	| {
			readonly kind: 'range';
			readonly text: string;
			/** What the text means; undefined while it is not a valid range. */
			readonly range: Range | undefined;
			/** Why the text was rejected; undefined again once the text changes. */
			readonly error: string | undefined;
	  };
