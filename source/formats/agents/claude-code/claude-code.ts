import type {Request, Usage} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {parseStamp} from '../../../time/stamp.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {isEmpty} from '../../records/counts.js';
import {agentOf, isApart, iterationsOf, type Step} from '../../records/steps.js';
import {eachObject} from '../../records/transcript-lines.js';
import {RecentMap} from '../../state/recent-map.js';
import {isLike} from '../../state/saved-state.js';
import {emptyThreadEvents, ThreadEvents} from '../../state/thread-events.js';
import {LineClock} from '../../times/line-clock.js';
import {type Call, joinAnswer, type Known} from './answers.js';
import {noteAnswer, noteCall, noteLine, settingsNow} from './events.js';
import {
	type AnswerMembers,
	agentId,
	answer,
	attributionAgent,
	cwd,
	forkedFrom,
	gitBranch,
	isApiErrorMessage,
	isSidechain,
	missReasonOf,
	progress,
	repeated,
	repeatedRequestId,
	repeatedTimestamp,
	requestId,
	sessionId,
	skimmer,
	subtype,
	threadNow,
	timestamp,
	type,
	version,
} from './line.js';
import {Projects} from './projects.js';
import {isClaudeCode} from './recognise.js';
import {Telling} from './telling.js';
import {priceFactorsOf, servedBy, stepsOf, usageOf} from './usage.js';

/**
 * So many messages are known at a time. The lines of one answer follow each other closely, but for those of agents that
 * run beside it. Of older ones a copy in the same log is told again, which changes what is kept of them only where the
 * copy differs.
 */
const mostKnown = 32;
/** Threads that were compacted and then left. */
const mostRebuilt = 32;

/** An answer, and what its line says around it. */
type Told = {
	readonly members: AnswerMembers;
	/** The conversation it is part of: a session, or one of its sub-agents. */
	readonly lane: string;
	readonly agent: string;
	readonly requestId: string | undefined;
	readonly timestamp: string | undefined;
	/** It stands in the file of its own conversation. */
	readonly isOwn: boolean;
};

/** What a request has of its own, of those that one answer tells. */
type Own = Pick<
	Request,
	'time' | 'agent' | 'model' | 'usage' | 'missReason' | 'missTokens' | 'iterations' | 'replica' | 'rebuilt'
> & {readonly call: Call};

const emptyState = () => ({
	version: 3,
	tally: emptyTally(),
	time: 0,
	known: [['', [0, false, false, '', {}]]] as readonly (readonly [string, Known])[],
	rebuilt: [''] as readonly string[],
	events: emptyThreadEvents,
	projects: [['', '']] as readonly (readonly [string, string])[],
	/** The latest answer without any count, if no line of the same message has come since. */
	empty: [{id: '', time: 0}] as readonly Pick<Request, 'id' | 'time'>[],
});

/** Who within the session is at work. */
const agentNow = (): string =>
	attributionAgent.text ??
	(agentId.text?.startsWith('acompact') ? 'compaction' : agentId.text) ??
	(isSidechain.isTrue ? 'sidechain' : 'main');

class ClaudeCodeSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #known: RecentMap<Known>;
	/** Threads whose context was compacted since their last request. */
	readonly #rebuilt: RecentMap<true>;
	readonly #events: ThreadEvents;
	readonly #projects: Projects;
	readonly #clock: LineClock;
	/** Place of the object's line among those that are being read. */
	#index = 0;
	readonly #telling: Telling;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 3 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#rebuilt = new RecentMap(
			mostRebuilt,
			state?.rebuilt.map(thread => [thread, true]),
		);
		this.#events = new ThreadEvents(state?.events);
		this.#projects = new Projects(context.source, state?.projects);
		this.#clock = new LineClock(context, this.tally, state?.time);
		this.#telling = new Telling(context, state?.empty[0] as Request | undefined);
	}

	lines(bytes: Buffer): void {
		eachObject(bytes, skimmer, this.tally, this.#object);
		this.#telling.finish();
	}

	provisional(): readonly Request[] {
		return this.#telling.waiting;
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 3,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			rebuilt: this.#rebuilt.entries().map(([thread]) => thread),
			events: this.#events.entries(),
			projects: this.#projects.entries(),
			empty: this.#telling.waiting,
		};
	}

	readonly #object = (index: number): void => {
		this.#index = index;
		const lane = boundName(threadNow()) ?? '';
		const kind = type.text;
		this.#projects.of(sessionId.text ?? '', cwd.text);
		if (kind === 'assistant') {
			if (answer.usage.isObject) {
				this.tally.candidates++;
				this.#answer({
					members: answer,
					lane,
					agent: agentNow(),
					requestId: requestId.text,
					timestamp: timestamp.text,
					isOwn: true,
				});
				noteAnswer(this.#events, lane);
			}
			return;
		}
		if (kind === 'progress' && repeated.usage.isObject) {
			this.tally.candidates++;
			const agent = progress.agentId.text ?? 'sidechain';
			this.#answer({
				members: repeated,
				lane: boundName(`${sessionId.text}/${agent}`) ?? '',
				agent,
				requestId: repeatedRequestId.text,
				timestamp: repeatedTimestamp.text ?? timestamp.text,
				isOwn: false,
			});
			return;
		}
		const isCompacted = subtype.text === 'compact_boundary' || subtype.text === 'microcompact_boundary';
		if (kind === 'system' && isCompacted) {
			this.tally.candidates++;
			this.#rebuilt.set(lane, true);
		}
		noteLine(this.#events, lane, kind);
		if (kind === 'user') {
			const time = parseStamp(timestamp.text ?? '', this.#context.localTime);
			if (time !== undefined) {
				this.#events.input(lane, time);
			}
		}
	};

	/**
	 * Lines of one message with the same input, read and written tokens are one request, wherever they stand: a line for
	 * each block of the answer, copies in resumed sessions, forks and side questions, the progress lines of a parent.
	 * Others are others: gateways are known that give every answer the same id, or none
	 * (ryoppippi/ccusage#1635, #1762; pingdotgg/t3code#5619).
	 */
	#answer(told: Told): void {
		const {members} = told;
		const counted = usageOf(members);
		const name =
			boundName(members.id.text ?? told.requestId) ?? (told.timestamp && `${sessionId.text ?? ''}:${told.timestamp}`);
		// The application itself wrote it in a model's name, or it tells an API error: no call that was counted.
		const isCall = members.model.text !== '<synthetic>' && !(isApiErrorMessage.isTrue && isEmpty(counted));
		if (name === undefined || !isCall) {
			this.tally.lookAlikes++;
			return;
		}
		const {uncached, cacheRead, cacheWrite5m, cacheWrite1h} = counted;
		const id = `claude-code:${name}#${uncached}:${cacheRead}:${cacheWrite5m + cacheWrite1h}`;
		if (isEmpty(counted) && this.#wasCounted(name)) {
			this.tally.repeats++;
			return;
		}
		const steps = stepsOf(members);
		this.#tell(id, told, counted, steps);
		for (const step of steps) {
			if (isApart(step, steps)) {
				this.#step(`${id}/${step.index}`, told, step);
			}
		}
	}

	/** Another line of the same message told its counts. */
	#wasCounted(name: string): boolean {
		return this.#known.entries().some(([id]) => id.startsWith(`claude-code:${name}#`) && !id.endsWith('#0:0:0'));
	}

	#tell(id: string, told: Told, counted: Usage, steps: readonly Step[]): void {
		const {members, lane, isOwn} = told;
		const asked = isOwn ? this.#events.takeInput(lane) : undefined;
		const before = this.#known.get(id);
		if (before) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
			if (agentId.text?.startsWith('acompact')) {
				this.#rebuilt.set(boundName(sessionId.text) ?? '', true);
			}
		}
		// It may be a copy whose original stands in another file: side questions and forks replay their parent's
		// messages under the same message id.
		const isReplica = !isOwn || isSidechain.isTrue || forkedFrom.isObject;
		const joined = joinAnswer(before, {
			output: counted.output,
			replica: isReplica,
			missReason: boundName(missReasonOf(members)) || '',
		});
		if (!joined) {
			return;
		}
		const {output, replica, missReason} = joined;
		const time = this.#clock.read(told.timestamp);
		const rebuilt = before?.[2] ?? (this.#rebuilt.delete(lane) || steps.some(({kind}) => kind === 'compaction'));
		const call = before?.[4] ?? (isOwn ? this.#call(told, asked, time) : {});
		this.#known.set(id, [output, replica, rebuilt, missReason, call]);
		const served = steps.find(({kind}) => kind === 'fallback_message');
		this.#telling.tell(
			this.#request(id, told, {
				time,
				agent: told.agent,
				model: served?.model ?? members.model.text,
				usage: served?.usage ?? {...counted, output},
				missReason: missReason || undefined,
				missTokens: members.missed.count || undefined,
				iterations: iterationsOf(steps),
				call,
				replica: replica || undefined,
				rebuilt,
			}),
		);
	}

	/** A call of its own that the answer reports beside its own: of an advisor, a compaction, a model that refused. */
	#step(id: string, told: Told, {kind, model, usage}: Step): void {
		if (this.#known.get(id)) {
			this.tally.repeats++;
			return;
		}
		this.tally.outcomes++;
		this.#known.set(id, [usage.output, false, false, '', {}]);
		this.#telling.tell(
			this.#request(id, told, {
				time: this.#clock.read(told.timestamp),
				agent: agentOf(kind, told.agent),
				model: model ?? told.members.model.text,
				usage,
				missReason: undefined,
				missTokens: undefined,
				iterations: undefined,
				call: {},
				replica: !told.isOwn || isSidechain.isTrue || forkedFrom.isObject || undefined,
				rebuilt: false,
			}),
		);
	}

	/** A request of an answer: what its line says of all of them, and what is its own. */
	#request(id: string, {members}: Told, own: Own): Request {
		const session = sessionId.text;
		const {call} = own;
		// Each member by its name: what is put together out of other objects takes thousands of bytes.
		return {
			id,
			time: own.time,
			start: call.start,
			thread: boundName(session),
			agent: own.agent,
			project: this.#projects.of(session ?? '', cwd.text),
			branch: gitBranch.text,
			source: this.#context.source,
			line: this.#context.lineAt?.(this.#index),
			host: undefined,
			model: own.model,
			provider: servedBy(members.id.text),
			client: version.text && `claude-code ${version.text}`,
			settings: call.settings,
			priceFactors: priceFactorsOf(members),
			plan: undefined,
			usage: own.usage,
			missReason: own.missReason,
			missTokens: own.missTokens,
			iterations: own.iterations,
			events: call.events,
			replica: own.replica,
			firstLine: call.firstLine,
			rebuilt: own.rebuilt,
		};
	}

	#call({lane, timestamp: stamp}: Told, asked: number | undefined, time: number): Call {
		noteCall(this.#events, lane);
		return {
			start: asked !== undefined && asked <= time ? asked : undefined,
			settings: settingsNow(this.#events, lane),
			events: this.#events.take(lane),
			firstLine: stamp === undefined ? undefined : time,
		};
	}
}

/** Transcripts of Claude Code: `projects/<folder>/<session>.jsonl`, and those of its sub-agents below. */
export const claudeCode: Format = {
	name: 'claude-code',
	title: 'Claude Code transcript',
	recognise: isClaudeCode,
	open: (context, saved) => new ClaudeCodeSession(context, saved),
};
