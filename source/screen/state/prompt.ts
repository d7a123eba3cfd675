import type {Range} from './range.js';

/** A line that is being typed in the place of the footer. */
export type Prompt =
	| {readonly kind: 'filter'; readonly text: string}
	/** The name of a mark. */
	| {readonly kind: 'mark'; readonly text: string}
	| {
			/** What to compare with. */
			readonly kind: 'compare';
			readonly text: string;
			/** Why it was refused, until it is changed. */
			readonly error: string | undefined;
	  }
	| {
			readonly kind: 'range';
			readonly text: string;
			/** What it means so far; undefined while it means nothing. */
			readonly range: Range | undefined;
			/** Why it was refused, until it is changed. */
			readonly error: string | undefined;
	  };
