import type {Tone} from './rows.js';

/** What the parts of the report need to draw themselves. */
export type Drawing = {
	readonly columns: number;
	readonly ascii: boolean;
	/** Colours text, or leaves it as it is. */
	readonly paint: (text: string, tone: Tone | 'heading') => string;
};
