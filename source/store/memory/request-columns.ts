import type {TracedRequest} from '../../metrics/measured.js';
import type {Lane} from '../../metrics/sums/parts.js';
import type {Plan, Request, Usage} from '../../request.js';
import {accuracyOf, flagsOf, isCacheUnknown, isPlanOnly, isRebuilt, isReplica} from '../request-flags.js';
import {grown} from './grown.js';
import {IdColumn} from './id-column.js';
import {Numbered} from './numbered.js';
import {PlanPool} from './plan-pool.js';
import {RareNumbers} from './rare-numbers.js';
import {TokenColumns} from './token-columns.js';

/** Properties that few logs report: stored as objects, only for requests that have any. */
type Rest = Partial<
	Pick<
		Request,
		| 'agentId'
		| 'settings'
		| 'priceFactors'
		| 'missReason'
		| 'missTokens'
		| 'iterations'
		| 'events'
		| 'firstLine'
		| 'plan'
	>
>;

/** Position of the plan for a row without one in the pool. */
const noPlan = -1;

/** References of a request, which are not among its own properties. */
export type Belonging = {
	/** The id of its log. */
	readonly log: string;
	readonly lane: Lane;
};

/**
 * Requests in columns: numbers in typed arrays, names once each, a row per request in order of arrival. Request objects
 * are created only on demand.
 */
export class RequestColumns {
	readonly threads = new Numbered<string>();
	readonly sources = new Numbered<string>();
	readonly logs = new Numbered<string>();
	readonly clients = new Numbered<string>();
	readonly #branches = new Numbered<string>();
	/** Lanes, including prices; equal lanes are the same object. */
	readonly lanes = new Numbered<Lane>();
	readonly ids = new IdColumn();
	/** Epoch milliseconds. */
	time = new Float64Array(0);
	readonly #start = new RareNumbers();
	readonly #line = new RareNumbers();
	readonly #tokens = new TokenColumns();
	/** Numbers of names and lanes; -1 for none. */
	thread = new Int32Array(0);
	source = new Int32Array(0);
	log = new Int32Array(0);
	lane = new Int32Array(0);
	/** Numbers of names that few logs report. */
	readonly client = new RareNumbers();
	readonly #branch = new RareNumbers();
	#plan = new Int32Array(0);
	readonly #plans = new PlanPool();
	#flags = new Uint16Array(0);
	readonly #rest = new Map<number, Rest>();

	/** Number of rows. */
	get count(): number {
		return this.ids.count;
	}

	/** Adds a row. */
	add(request: Request, belonging: Belonging): void {
		const row = this.count;
		this.ids.add(request.id);
		this.#reserve(row + 1);
		this.#plan[row] = noPlan;
		this.set(row, request, belonging);
	}

	#reserve(count: number): void {
		if (count <= this.time.length) {
			return;
		}
		this.time = grown(this.time, count);
		const room = this.time.length;
		this.#tokens.reserve(room);
		this.thread = grown(this.thread, room);
		this.source = grown(this.source, room);
		this.log = grown(this.log, room);
		this.lane = grown(this.lane, room);
		this.#plan = grown(this.#plan, room);
		this.#flags = grown(this.#flags, room);
	}

	/** Replaces the request of a row by another with the same id. */
	set(row: number, request: Request, {log, lane}: Belonging): void {
		this.time[row] = request.time;
		this.#start.set(row, request.start);
		this.#line.set(row, request.line);
		this.thread[row] = this.threads.of(request.thread);
		this.source[row] = this.sources.of(request.source);
		this.log[row] = this.logs.of(log);
		this.client.set(row, request.client === undefined ? undefined : this.clients.of(request.client));
		this.#branch.set(row, request.branch === undefined ? undefined : this.#branches.of(request.branch));
		this.lane[row] = this.lanes.of(lane);
		this.#flags[row] = flagsOf(request);
		if (request.usage) {
			this.#tokens.set(row, request.usage);
		}
		this.#setRest(row, request, this.#setPlan(row, request.plan));
	}

	/** @returns the plan if it cannot be stored as numbers */
	#setPlan(row: number, plan: Plan | undefined): Plan | undefined {
		const before = this.#plan[row] as number;
		if (plan && before !== noPlan && this.#plans.replace(before, plan)) {
			return undefined;
		}
		const place = plan && this.#plans.add(plan);
		this.#plan[row] = place ?? noPlan;
		return place === undefined ? plan : undefined;
	}

	#setRest(row: number, request: Request, plan: Plan | undefined): void {
		const {agentId, settings, priceFactors, missReason, missTokens, iterations, events, firstLine} = request;
		if (
			agentId === undefined &&
			settings === undefined &&
			priceFactors === undefined &&
			missReason === undefined &&
			missTokens === undefined &&
			iterations === undefined &&
			events === undefined &&
			firstLine === undefined &&
			plan === undefined
		) {
			this.#rest.delete(row);
		} else {
			this.#rest.set(row, {
				agentId,
				settings,
				priceFactors,
				missReason,
				missTokens,
				iterations,
				events,
				firstLine,
				plan,
			} as Rest);
		}
	}

	/** Drops all rows from one on. */
	truncate(count: number): void {
		for (let row = this.count - 1; row >= count; row--) {
			this.#rest.delete(row);
			const plan = this.#plan[row] as number;
			if (plan !== noPlan) {
				this.#plans.truncate(plan);
			}
		}
		this.ids.truncate(count);
	}

	isPlanOnly(row: number): boolean {
		return isPlanOnly(this.#flags[row] as number) ?? false;
	}

	usage(row: number): Usage | undefined {
		const flags = this.#flags[row] as number;
		const accuracy = accuracyOf(flags);
		return accuracy === undefined ? undefined : this.#tokens.at(row, accuracy, isCacheUnknown(flags));
	}

	plan(row: number): Plan | undefined {
		const plan = this.#plan[row] as number;
		return plan === noPlan ? this.#rest.get(row)?.plan : this.#plans.at(plan);
	}

	events(row: number): Request['events'] {
		return this.#rest.get(row)?.events;
	}

	belonging(row: number): Belonging {
		return {log: this.logs.at(this.log[row] as number) as string, lane: this.laneOf(row)};
	}

	laneOf(row: number): Lane {
		return this.lanes.at(this.lane[row] as number) as Lane;
	}

	/** What the facts of a row follow from: far less than all of its request. */
	traced(row: number): All<TracedRequest> {
		const rest = this.#rest.get(row);
		const {model, project, agent, provider} = this.laneOf(row);
		return {
			time: this.time[row] as number,
			start: this.#start.at(row),
			thread: this.threads.at(this.thread[row] as number),
			agent,
			agentId: rest?.agentId,
			project,
			model,
			provider,
			client: this.clients.at(this.client.at(row) ?? -1),
			settings: rest?.settings,
			usage: this.usage(row),
			missReason: rest?.missReason,
			missTokens: rest?.missTokens,
			iterations: rest?.iterations,
			rebuilt: isRebuilt(this.#flags[row] as number),
		};
	}

	/** The request of a row. */
	at(row: number): Request {
		const flags = this.#flags[row] as number;
		const rest = this.#rest.get(row);
		// All requests have all members: objects of one shape are several times faster to create and to read.
		const request: All<Request> = {
			...this.traced(row),
			id: this.ids.at(row),
			source: this.sources.at(this.source[row] as number) as string,
			branch: this.#branches.at(this.#branch.at(row) ?? -1),
			line: this.#line.at(row),
			host: this.laneOf(row).host,
			priceFactors: rest?.priceFactors,
			plan: this.plan(row),
			events: rest?.events,
			replica: isReplica(flags),
			firstLine: rest?.firstLine,
			planOnly: isPlanOnly(flags),
		};
		return request;
	}
}

/** All members listed, so that the compiler notices a missing one. */
type All<Some> = {readonly [Member in keyof Required<Some>]: Some[Member]};
