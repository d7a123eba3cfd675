import type {Plan, Request, Usage} from '../../../request.js';

/**
 * A request as one line of JSON: all but time, thread, lane and log, which have columns of their own. Arrays
 * rather than objects, and only as long as they need to be: there are millions of them.
 */
type Body = readonly [
	id: string,
	flags: number,
	missReason: string | null,
	usage: readonly [accuracy: number, ...tokens: number[]] | 0,
	plan: PlanBody | 0,
	/** What few logs tell; missing where there is nothing of it. */
	extra?: Extra,
];

/** Fields of a request that are kept as they are. */
const extraFields = [
	'start',
	'client',
	'settings',
	'priceFactors',
	'missTokens',
	'iterations',
	'events',
	'branch',
	'line',
] as const satisfies readonly (keyof Request)[];

/** `cacheUnknown` belongs to the usage, whose body holds numbers alone. */
type Extra = Partial<Pick<Request, (typeof extraFields)[number]>> & {
	readonly cacheUnknown?: true;
	/** Milliseconds from its first line to its time. */
	readonly lines?: number;
};
type PlanBody = readonly [
	unsupported: 0 | 1,
	blocks: readonly (readonly [number: number, tokens: number | null, reused: 0 | 1])[],
	skipped: readonly (readonly [part: Plan['skipped'][number]['part'], tokens: number | null])[],
	hidden?: 0 | 1,
];
/** Their places are what is kept: add at the end only. */
const accuracies: readonly Usage['accuracy'][] = ['exact', 'estimated', 'fallback', 'partial'];

const rebuiltFlag = 1;
const originalFlag = 2;
const replicaFlag = 4;
const planOnlyFlag = 8;

/** What is told of a request elsewhere than in its body. */
export type Around = Pick<Request, 'time' | 'thread' | 'project' | 'source' | 'host' | 'model' | 'agent' | 'provider'>;

export const bodyOf = (request: Request): string => {
	const {id, usage, plan, missReason, rebuilt, replica, planOnly} = request;
	const flags =
		(rebuilt ? rebuiltFlag : 0) +
		(replica === undefined ? 0 : replica ? replicaFlag : originalFlag) +
		(planOnly ? planOnlyFlag : 0);
	const body: Body = [
		id,
		flags,
		missReason ?? null,
		usage
			? [
					accuracies.indexOf(usage.accuracy),
					usage.uncached,
					usage.cacheRead,
					usage.cacheWrite5m,
					usage.cacheWrite1h,
					usage.output,
				]
			: 0,
		plan ? planBody(plan) : 0,
		...extraOf(request),
	];
	return JSON.stringify(body);
};

const extraOf = (request: Request): readonly [] | readonly [Extra] => {
	const told = extraFields.filter(field => request[field] !== undefined);
	const {usage, firstLine, time} = request;
	if (told.length === 0 && !usage?.cacheUnknown && firstLine === undefined) {
		return [];
	}
	const extra: Extra = Object.fromEntries(told.map(field => [field, request[field]]));
	return [
		{
			...extra,
			...(usage?.cacheUnknown && {cacheUnknown: true}),
			...(firstLine !== undefined && {lines: time - firstLine}),
		},
	];
};

const planBody = ({unsupported, blocks, skipped, hidden}: Plan): PlanBody => [
	unsupported ? 1 : 0,
	blocks.map(({number, tokens, reused}) => [number, tokens ?? null, reused ? 1 : 0]),
	skipped.map(({part, tokens}) => [part, tokens ?? null]),
	hidden ? 1 : 0,
];

/** The id alone. */
export const idIn = (body: string): string => (JSON.parse(body) as Body)[0];

// Thousands of these are read for one report: they are put together member by member, without copies on the way.
export const fromBody = (text: string, around: Around): Request => {
	const body = JSON.parse(text) as Body;
	const flags = body[1];
	const usage = body[3];
	const plan = body[4];
	const extra = body[5];
	const request: {-readonly [Field in keyof Request]: Request[Field]} = {
		id: body[0],
		time: around.time,
		thread: around.thread,
		project: around.project,
		source: around.source,
		host: around.host,
		model: around.model,
		agent: around.agent,
		provider: around.provider,
		plan: plan ? planFrom(plan) : undefined,
		usage: usage ? usageFrom(usage as readonly number[], extra?.cacheUnknown) : undefined,
		missReason: body[2] ?? undefined,
		rebuilt: (flags & rebuiltFlag) > 0,
	};
	if (extra) {
		const {cacheUnknown: _ofUsage, lines, ...fields} = extra;
		Object.assign(request, fields);
		if (lines !== undefined) {
			request.firstLine = around.time - lines;
		}
	}
	if ((flags & (originalFlag | replicaFlag)) > 0) {
		request.replica = (flags & replicaFlag) > 0;
	}
	if ((flags & planOnlyFlag) > 0) {
		request.planOnly = true;
	}
	return request;
};

const usageFrom = (body: readonly number[], cacheUnknown: true | undefined): Usage => {
	const usage = {
		uncached: body[1] ?? 0,
		cacheRead: body[2] ?? 0,
		cacheWrite5m: body[3] ?? 0,
		cacheWrite1h: body[4] ?? 0,
		output: body[5] ?? 0,
		accuracy: accuracies[body[0] ?? 0] ?? 'partial',
	};
	return cacheUnknown ? {...usage, cacheUnknown} : usage;
};

const planFrom = ([unsupported, blocks, skipped, hidden]: PlanBody): Plan => ({
	blocks: blocks.map(([number, tokens, reused]) => ({number, tokens: tokens ?? undefined, reused: reused === 1})),
	skipped: skipped.map(([part, tokens]) => ({part, tokens: tokens ?? undefined})),
	unsupported: unsupported === 1,
	...(hidden === 1 && {hidden: true}),
});
