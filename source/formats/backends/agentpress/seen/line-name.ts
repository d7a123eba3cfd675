import {boundName} from '../../../../text/bound-names.js';
import type {Outcome} from '../outcome.js';
import {numberKeys} from '../outcome-numbers.js';

/** Characters of a thread's or a model's name that tell lines apart; of a thread's the last, which hold the hash of a long one. */
const longestOwner = 100;

/** What tells a line from all others of its log. @param told the model of a call, or an outcome */
export const lineName = (owner: string, stamp: string, told: string | Outcome): string => {
	const text = typeof told === 'string' ? told : [told.wording, ...numberKeys.map(key => told[key] ?? '')].join(' ');
	return `${boundName(owner)?.slice(-longestOwner)} ${stamp} ${text.slice(0, longestOwner)}`;
};
