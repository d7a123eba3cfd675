import type {PriceFactors, Usage} from '../../../request.js';
import {listOf, objectOf} from '../../json/json-values.js';
import {usageOfParts} from '../../records/counts.js';
import {type Step, stepOf} from '../../records/steps.js';
import type {AnswerMembers} from './line.js';

/** The usage of the answer skimmed last. */
export const usageOf = ({input, output, read, written, writtenFiveMinutes, writtenOneHour}: AnswerMembers): Usage =>
	usageOfParts({
		input: input.told,
		read: read.told,
		// Versions and gateways that do not distinguish lifetimes support only 5 minutes.
		written:
			written.exists || writtenFiveMinutes.exists || writtenOneHour.exists
				? Math.max(written.optional ?? 0, (writtenFiveMinutes.optional ?? 0) + (writtenOneHour.optional ?? 0))
				: undefined,
		writtenOneHour: writtenOneHour.optional,
		output: output.told,
	});

/** The factors on an answer's list price; undefined if there are none. */
export const priceFactorsOf = ({speed, geo, tier}: AnswerMembers): PriceFactors | undefined => {
	const [isFast, isInUs, isBatch] = [speed.text === 'fast', geo.text === 'us', tier.text === 'batch'];
	return isFast || isInUs || isBatch
		? {...(isFast && {speed: 'fast'}), ...(isInUs && {inferenceGeo: 'us'}), ...(isBatch && {tier: 'batch'})}
		: undefined;
};

/** Maximum characters of the list; an entry has a few hundred. */
const longestList = 64 * 1024;

/**
 * The model calls that an answer lists individually, if there are others than the answer itself. The totals next to
 * them are those of the entries `message`; an advisor, a compaction and a fallback are in no other number.
 */
export const stepsOf = ({iterations}: AnswerMembers): readonly Step[] => {
	if (!iterations.exists || iterations.isNull) {
		return [];
	}
	const text = iterations.beginning(longestList);
	if (
		!text.includes('_message"') &&
		!text.includes('compaction') &&
		text.indexOf('"type"') === text.lastIndexOf('"type"')
	) {
		return [];
	}
	try {
		return listOf(JSON.parse(text)).map((entry, index) => stepOf(objectOf(entry) ?? {}, index));
	} catch {
		return [];
	}
};

/** Other clouds that serve the models can be recognised by the message's id. */
const providers: readonly (readonly [prefix: string, provider: string])[] = [
	['msg_bdrk_', 'bedrock'],
	['msg_vrtx_', 'vertex'],
];

/** The server of an answer, if its message reveals it. */
export const servedBy = (message = ''): string | undefined =>
	providers.find(([prefix]) => message.startsWith(prefix))?.[1];
