import type {PriceFactors, RequestSettings} from '../../request.js';
import type {LocalTime} from '../../time/stamp.js';
import {listOf, numberOf, objectOf, textOf} from '../json/json-values.js';
import {objectIn, type View} from '../json/view.js';
import {type Step, stepOf} from '../records/steps.js';
import {timesOf} from '../roles/call-times.js';
import {type Role, row} from '../roles/role-names.js';
import {rolesIn, valuesOf} from '../roles/roles.js';
import type {Counts} from './counts.js';
import type {FoundUsage} from './find-usage.js';

/** A call to a model, as reported by a line. */
export type Call = {
	readonly counts: Counts;
	/** Name of its usage's shape. */
	readonly shape: string;
	/** Epoch milliseconds; undefined if the line has no time. */
	readonly time: number | undefined;
	/** The time as written. */
	readonly stamp: string;
	/** When it was sent, in epoch milliseconds. */
	readonly start: number | undefined;
	/** The id of the response by the provider or tracer; the same wherever the call is reported. */
	readonly id: string | undefined;
	/** The application's own request, which may have made other calls as well. */
	readonly request: string | undefined;
	/** What else distinguishes the call from equal ones: its row, its span. Empty if it has an id. */
	readonly within: string;
	readonly model: string | undefined;
	readonly thread: string | undefined;
	readonly project: string | undefined;
	readonly agent: string | undefined;
	readonly provider: string | undefined;
	readonly client: string | undefined;
	readonly settings: RequestSettings | undefined;
	readonly priceFactors: PriceFactors | undefined;
	/** True if the line marks the call as failed or aborted. */
	readonly failed: boolean;
	/** The calls that Anthropic's usage lists individually, if there are others than the answer itself. */
	readonly steps: readonly Step[] | undefined;
	/** Number of calls that its usage sums up, if known. */
	readonly summed: number | undefined;
};

/** The text under the most specific name of a role; of two objects with the same name, that of the first. */
const textOfRole = (views: readonly View[], role: Role): string | undefined => {
	let best: {readonly rank: number; readonly text: string} | undefined;
	for (const view of views) {
		for (const {rank, value} of rolesIn(view).get(role) ?? []) {
			const text = best === undefined || rank < best.rank ? textOf(value) : undefined;
			if (text !== undefined) {
				best = {rank, text};
			}
		}
	}
	return best?.text;
};

/** Row numbers are not identities, because every file counts from 1. */
const isIdentity = (text: string): boolean => !/^\d{1,12}$/.test(text);

/** Matches a provider's own request id, which is unique per response. */
const providerRequest = /^(?:req|msg|chatcmpl|cmpl|resp|gen)[_-]/;

const identityIn = (inner: readonly View[]): string | undefined => {
	for (const view of inner) {
		const roles = rolesIn(view);
		const id = roles
			.get('id')
			?.map(({value}) => textOf(value))
			.find(text => text !== undefined && isIdentity(text));
		if (id !== undefined) {
			return id;
		}
		const request = roles.has('request') ? textOfRole([view], 'request') : undefined;
		if (request !== undefined && (providerRequest.test(request) || view.has('schemaType'))) {
			return request;
		}
	}
	return undefined;
};

const factorsOf = (inner: readonly View[]): PriceFactors | undefined => {
	const tier = textOfRole(inner, 'tier')?.toLowerCase();
	const isBatch = tier === 'batch' || inner.some(view => /^batch_req_/.test(textOf(view.at('id')) ?? ''));
	const geography = textOfRole(inner, 'geography')?.toLowerCase();
	const isFast = textOfRole(inner, 'speed')?.toLowerCase() === 'fast';
	const isPlace = geography !== undefined && /^[a-z]{2,12}$/.test(geography) && geography !== 'global';
	return isFast || isPlace || isBatch || tier === 'flex' || tier === 'priority'
		? {
				...(isFast && {speed: 'fast'}),
				...(isPlace && {inferenceGeo: geography}),
				...(isBatch ? {tier: 'batch'} : (tier === 'flex' || tier === 'priority') && {tier}),
			}
		: undefined;
};

const settingNames = ['speed', 'effort', 'thinking', 'toolChoice', 'cacheLifetime'] as const;

const settingsOf = (inner: readonly View[]): RequestSettings | undefined => {
	const told = settingNames
		.map(name => [name, textOfRole(inner, name)] as const)
		.filter(([, text]) => text !== undefined);
	return told.length > 0 ? Object.fromEntries(told) : undefined;
};

/** The provider as named by a gateway, else the one that AI SDK's metadata belong to. */
const providerOf = (inner: readonly View[]): string | undefined => {
	for (const value of valuesOf(inner, 'metadata')) {
		const keys = Object.keys(objectIn(value) ?? {});
		if (keys.length > 0) {
			return keys.find(key => /anthropic|bedrock/i.test(key)) ?? keys[0];
		}
	}
	return textOfRole(inner, 'provider');
};

/** Matches programs that call models, not the browser of their user. */
const programs = /^(?!.*mozilla)[\w.@/ -]{2,60}[ /]v?\d/i;
const agents = /^(?:claude-code|codex|gemini)/;

const clientOf = (innermost: readonly View[]): string | undefined => {
	const told = textOfRole(innermost, 'client');
	if (told !== undefined && programs.test(told)) {
		return told;
	}
	const [program, version] = [textOfRole(innermost, 'program'), textOfRole(innermost, 'version')];
	return program !== undefined && agents.test(program) && version !== undefined ? `${program} ${version}` : undefined;
};

const failures = /^(?:error|errored|failed|failure|aborted|cancell?ed|timeout)$/i;

const hasFailed = (path: readonly View[]): boolean =>
	path.some(view => {
		const roles = rolesIn(view);
		const any = (role: Role, isFailure: (value: unknown) => boolean) =>
			roles.get(role)?.some(({value}) => isFailure(value)) ?? false;
		return (
			any('failure', value => failures.test(textOf(value) ?? '')) ||
			any('isError', value => value === true) ||
			any('statusCode', value => (numberOf(value) ?? 0) >= 400) ||
			any('error', value => textOf(value) !== undefined || objectIn(value) !== undefined)
		);
	});

/** Maximum number of calls that a response may list. */
const mostSteps = 100;

const stepsIn = (usage: View | undefined): readonly Step[] | undefined => {
	const entries = listOf(usage?.object.iterations)
		.slice(0, mostSteps)
		.map(objectOf)
		.filter(entry => textOf(entry?.type) !== undefined);
	const steps = entries.map((entry, index) => stepOf(entry ?? {}, index));
	return steps.length > 1 || steps.some(({kind}) => kind !== 'message') ? steps : undefined;
};

/** Names for how many calls a library's usage of a run sums up: Pydantic AI and OpenAI's Agents SDK, CrewAI. */
export const callCounts: readonly string[] = ['requests', 'successful_requests'];

/** Names next to such a usage: the statistics of Gemini CLI, the metrics of Strands Agents. */
export const callCountsAround: readonly string[] = ['api.totalRequests', 'cycle_count'];

const countAt = (view: View | undefined, names: readonly string[]): number | undefined =>
	names.map(name => numberOf(view?.at(name))).find(count => count !== undefined);

/** How many calls a usage sums up, if it says so. */
const summedIn = (path: readonly View[]): number | undefined =>
	countAt(path.at(-1), callCounts) ?? countAt(path.at(-2), callCountsAround);

/** What a tracer reports about a call outside of its record. */
type Surroundings = {
	/** The resource: the process that made the call. */
	readonly resource?: readonly View[];
	/** The identity of the span, if the response has none. */
	readonly span?: string | undefined;
	/** The trace, if there is no conversation. */
	readonly trace?: string | undefined;
};

/** The call of a usage object found in a line. */
export const callOf = (
	{counts, shape, path}: FoundUsage,
	localTime: LocalTime,
	{resource = [], span, trace}: Surroundings = {},
): Call => {
	const line = path[0] as View;
	const inner = [...path].reverse();
	const around = resource.length > 0 ? [...path, ...resource] : path;
	const innermost = resource.length > 0 ? [...inner, ...resource] : inner;
	const {time, stamp, start} = timesOf(path, localTime);
	const id = identityIn(inner) ?? span;
	return {
		counts,
		shape: shape.name,
		time,
		stamp,
		start,
		id,
		request: textOfRole(inner, 'request'),
		within: id === undefined ? row.map(name => String(line.object[name] ?? '')).join('|') : '',
		model: textOfRole(inner, 'model') ?? textOfRole(inner, 'requestedModel'),
		thread: textOfRole(around, 'thread') ?? trace,
		project: textOfRole(around, 'project'),
		agent: textOfRole(innermost, 'agent'),
		provider: providerOf(inner),
		client: clientOf(innermost),
		settings: settingsOf(inner),
		priceFactors: factorsOf(inner),
		failed: hasFailed(path),
		steps: stepsIn(path.at(-1)),
		summed: summedIn(path),
	};
};
