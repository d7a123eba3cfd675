import type {Request} from '../../source/request.js';

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** What is wrong with a request, in words; nothing where everything that computes with it may rely on it. */
export const unsoundnessOf = (request: Request): readonly string[] => {
	const {id, time, thread, project, source, host, model, plan, usage, missReason} = request;
	const texts = {id, thread, project, source, host, model, missReason};
	return [
		...Object.entries(texts)
			.filter(([, text]) => text !== undefined && typeof text !== 'string')
			.map(([name]) => `${name} is no text`),
		...(typeof id === 'string' && id.length > 0 && id.length <= 300 ? [] : [`an id of ${id?.length} characters`]),
		...(Number.isSafeInteger(time) && Math.abs(time) <= 8.64e15 ? [] : [`the time ${time}`]),
		...Object.entries(usage ?? {})
			.filter(([name, value]) => name !== 'accuracy' && name !== 'cacheUnknown' && !isCount(value as number))
			.map(([name, value]) => `${name} is ${value}`),
		...(plan?.blocks ?? [])
			.filter(({number, tokens}) => !isCount(number) || number > 100 || (tokens !== undefined && !isCount(tokens)))
			.map(({number, tokens}) => `block ${number} has ${tokens} tokens`),
		...(plan?.skipped ?? [])
			.filter(({tokens}) => tokens !== undefined && !isCount(tokens))
			.map(({tokens}) => `a skipped part has ${tokens} tokens`),
	];
};
