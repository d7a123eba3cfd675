import type {PriceFactors, RequestSettings} from '../../request.js';
import type {LocalTime} from '../../time/stamp.js';
import {numberOf, textOf} from '../json/json-values.js';
import {objectIn, type View} from '../json/view.js';
import {firstTime} from '../log-time.js';
import type {Counts} from './counts.js';
import * as names from './call-names.js';
import type {FoundUsage} from './find-usage.js';

/** One call to a model, as a line tells it. */
export type Call = {
	readonly counts: Counts;
	/** Which shape its usage has. */
	readonly shape: string;
	/** Epoch milliseconds; undefined where the line itself tells no time. */
	readonly time: number | undefined;
	/** The time as it was written. */
	readonly stamp: string;
	/** Epoch milliseconds at which it was sent. */
	readonly start: number | undefined;
	/** What the provider or the tracer called this one response; the same wherever it is told. */
	readonly id: string | undefined;
	/** The application's own request that the call was made for. It may have made others. */
	readonly request: string | undefined;
	/** What else tells this call from others that are alike: its row, its span. */
	readonly within: string;
	readonly model: string | undefined;
	readonly thread: string | undefined;
	readonly project: string | undefined;
	readonly agent: string | undefined;
	readonly provider: string | undefined;
	readonly client: string | undefined;
	readonly settings: RequestSettings | undefined;
	readonly priceFactors: PriceFactors | undefined;
	/** The line marks the call as failed or aborted. */
	readonly failed: boolean;
};

const firstText = (views: readonly View[], wanted: readonly string[]): string | undefined => {
	for (const name of wanted) {
		for (const view of views) {
			const text = textOf(view.at(name));
			if (text !== undefined) {
				return text;
			}
		}
	}
	return undefined;
};

/** A row's number is no identity: every file counts from 1. */
const isIdentity = (text: string): boolean => !/^\d{1,12}$/.test(text);

/** A request id of the provider itself, of which there is one a response. */
const providerRequest = /^(?:req|msg|chatcmpl|cmpl|resp|gen)[_-]/;

const identityIn = (inner: readonly View[]): string | undefined => {
	for (const view of inner) {
		const id = names.id.map(name => textOf(view.at(name))).find(text => text !== undefined && isIdentity(text));
		if (id !== undefined) {
			return id;
		}
		const request = firstText([view], names.request);
		if (request !== undefined && (providerRequest.test(request) || view.has('schemaType'))) {
			return request;
		}
	}
	return undefined;
};

function* timesIn(views: readonly View[], wanted: readonly string[]): Iterable<unknown> {
	for (const view of views) {
		for (const name of wanted) {
			yield view.at(name);
		}
	}
}

/** Members that are called like a time in words of the application's own. */
function* likelyTimesIn(views: readonly View[]): Iterable<unknown> {
	for (const {object} of views) {
		for (const [name, value] of Object.entries(object)) {
			if (names.likelyTime.test(name) && !names.otherTime.test(name)) {
				yield value;
			}
		}
	}
}

/** When the call ended and when it began, as the objects around its usage tell, the line's own first. */
export const timesOf = (views: readonly View[], localTime: LocalTime) => {
	const began = firstTime(timesIn(views, names.start), localTime);
	const named = firstTime(timesIn(views, names.time), localTime);
	const told = named.time === undefined ? firstTime(likelyTimesIn(views), localTime) : named;
	const ended = told.time === undefined ? began : told;
	const duration = [...timesIn(views, names.milliseconds)].map(numberOf).find(number => number !== undefined);
	const start = began.time ?? (ended.time !== undefined && duration !== undefined ? ended.time - duration : undefined);
	return {...ended, start: isBefore(start, ended.time) ? start : undefined};
};

/** A call that took a day was none. */
const longestCall = 86_400_000;
const isBefore = (start: number | undefined, end: number | undefined): boolean =>
	start !== undefined && end !== undefined && start <= end && end - start < longestCall && Number.isSafeInteger(start);

const factorsOf = (usage: View, inner: readonly View[]): PriceFactors | undefined => {
	const tier = firstText(inner, names.tier)?.toLowerCase();
	const isBatch = tier === 'batch' || inner.some(view => /^batch_req_/.test(textOf(view.at('id')) ?? ''));
	const geography = textOf(usage.at('inference_geo'))?.toLowerCase();
	const factors: PriceFactors = {
		...(textOf(usage.at('speed'))?.toLowerCase() === 'fast' && {speed: 'fast'}),
		...(geography !== undefined && /^[a-z]{2,12}$/.test(geography) && geography !== 'global' && {inferenceGeo: geography}),
		...(isBatch ? {tier: 'batch'} : (tier === 'flex' || tier === 'priority') && {tier}),
	};
	return Object.keys(factors).length > 0 ? factors : undefined;
};

const settingsOf = (inner: readonly View[]): RequestSettings | undefined => {
	const settings: RequestSettings = Object.fromEntries(
		Object.entries(names.settings)
			.map(([key, wanted]) => [key, firstText(inner, wanted)] as const)
			.filter(([, text]) => text !== undefined),
	);
	return Object.keys(settings).length > 0 ? settings : undefined;
};

/** The provider in the words of a gateway, else the one that AI SDK's metadata are of. */
const providerOf = (inner: readonly View[]): string | undefined => {
	for (const view of inner) {
		const metadata = objectIn(view.at('providerMetadata') ?? view.at('experimental_providerMetadata'));
		const keys = Object.keys(metadata ?? {});
		if (keys.length > 0) {
			return keys.find(key => /anthropic|bedrock/i.test(key)) ?? keys[0];
		}
	}
	return firstText(inner, names.provider);
};

const failures = /^(?:error|errored|failed|failure|aborted|cancell?ed|timeout)$/i;

const hasFailed = (path: readonly View[]): boolean =>
	path.some(view => {
		const code = numberOf(view.at('status_code'));
		return (
			names.failure.some(name => failures.test(textOf(view.at(name)) ?? '')) ||
			view.at('is_error') === true ||
			(code !== undefined && code >= 400) ||
			objectIn(view.at('error')) !== undefined ||
			textOf(view.at('error')) !== undefined
		);
	});

/**
 * The call that a usage object found in a line stands for.
 * @param resource what is said of the process that made the call
 */
export const callOf = ({counts, shape, path}: FoundUsage, localTime: LocalTime, resource: readonly View[] = []): Call => {
	const line = path[0] as View;
	const usage = path[path.length - 1] as View;
	const inner = [...path].reverse();
	const around = [...path, ...resource];
	const innermost = [...inner, ...resource];
	const version = firstText(innermost, ['app.version', 'service.version']);
	const program = firstText(innermost, names.client);
	return {
		counts,
		shape: shape.name,
		...timesOf(path, localTime),
		id: identityIn(inner),
		request: firstText(inner, names.request),
		within: names.row.map(name => String(line.object[name] ?? '')).join('|'),
		model: firstText(inner, names.model) ?? firstText(inner, names.requestedModel),
		thread: firstText(around, names.thread),
		project: firstText(around, names.project),
		agent: firstText(innermost, names.agent),
		provider: providerOf(inner),
		client: program !== undefined && version !== undefined ? `${program} ${version}` : program,
		settings: settingsOf(inner),
		priceFactors: factorsOf(usage, inner),
		failed: hasFailed(path),
	};
};

