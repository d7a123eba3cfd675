import {inputTokens, type Request, type Usage} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {parseStamp} from '../../../time/stamp.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {isEmpty} from '../../records/counts.js';
import {agentOf, isApart, iterationsOf, type Step} from '../../records/steps.js';
import {eachObject} from '../../records/transcript-lines.js';
import {isLike} from '../../state/saved-state.js';
import {ThreadEvents} from '../../state/thread-events.js';
import {LineClock} from '../../times/line-clock.js';
import {joinAnswer, KnownAnswers} from './answers.js';
import {noteAnswer, noteLine} from './events.js';
import {
	agentId,
	answer,
	groups,
	isApiErrorMessage,
	missReasonOf,
	sessionId,
	skimmer,
	subtype,
	timestamp,
	type,
} from './line.js';
import {type LineAnswer, mayBeCopy, ownAnswer, repeatedAnswer} from './line-answer.js';
import {Projects} from './projects.js';
import {Rebuilds} from './rebuilds.js';
import {RequestDelivery} from './request-delivery.js';
import {requestOf} from './request-of.js';
import {savedExample} from './saved-transcript.js';
import {Surroundings} from './surroundings.js';
import {stepsOf, usageOf} from './usage.js';

/** Reads a transcript of Claude Code. */
export class ClaudeCodeSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #known: KnownAnswers;
	readonly #rebuilds: Rebuilds;
	readonly #events: ThreadEvents;
	readonly #projects: Projects;
	readonly #clock: LineClock;
	/** Index of the current line among those being read. */
	#index = 0;
	/** The request of the line before, if that has an answer whose next line may differ from it in output and time only. */
	#last: Request | undefined;
	readonly #delivery: RequestDelivery;
	readonly #surroundings: Surroundings;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, savedExample) && saved.version === 3 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new KnownAnswers(state?.known);
		this.#events = new ThreadEvents(state?.events);
		this.#rebuilds = new Rebuilds(this.#events, state?.rebuilt);
		this.#projects = new Projects(context.source, state?.projects);
		this.#surroundings = new Surroundings(this.#events, this.#projects);
		this.#clock = new LineClock(context, this.tally, state?.time);
		this.#delivery = new RequestDelivery(context, state?.empty[0] as Request | undefined);
	}

	lines(bytes: Buffer): void {
		eachObject(bytes, skimmer, this.tally, this.#object);
		this.#delivery.finish();
	}

	provisional(): readonly Request[] {
		return this.#delivery.waiting;
	}

	save(): typeof savedExample {
		return {
			version: 3,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			rebuilt: this.#rebuilds.entries(),
			events: this.#events.entries(),
			projects: this.#projects.entries(),
			empty: this.#delivery.waiting,
		};
	}

	readonly #object = (index: number): void => {
		this.#index = index;
		const last = this.#surroundings.read() && skimmer.isAsBefore(groups.answer) ? this.#last : undefined;
		this.#last = undefined;
		const {lane} = this.#surroundings;
		const kind = type.text;
		if (kind === 'assistant') {
			if (answer.usage.isObject) {
				this.tally.candidates++;
				if (!last || !this.#nextLine(last)) {
					this.#answer(ownAnswer(lane));
				}
				noteAnswer(this.#events, lane);
			}
			return;
		}
		const repeats = kind === 'progress' ? repeatedAnswer() : undefined;
		if (repeats) {
			this.tally.candidates++;
			this.#answer(repeats);
			return;
		}
		const isCompacted = subtype.text === 'compact_boundary' || subtype.text === 'microcompact_boundary';
		if (kind === 'system' && isCompacted) {
			this.tally.candidates++;
			this.#rebuilds.note(lane);
		}
		if (kind === 'user') {
			this.#surroundings.note();
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
	 * Lines of a message with the same input, read and written tokens are one request, wherever they occur: a line per
	 * block of the answer, copies in resumed sessions, forks and side questions, progress lines of a parent. Lines with
	 * other counts are other requests, because some gateways give every answer the same id, or none
	 * (ryoppippi/ccusage#1635, #1762; pingdotgg/t3code#5619).
	 */
	#answer(told: LineAnswer): void {
		const {members} = told;
		const counted = usageOf(members);
		const name =
			boundName(members.id.text ?? told.requestId) ?? (told.timestamp && `${sessionId.text ?? ''}:${told.timestamp}`);
		// Messages that the application wrote in a model's name, and API errors, are not counted calls.
		const isCall = members.model.text !== '<synthetic>' && !(isApiErrorMessage.isTrue && isEmpty(counted));
		if (name === undefined || !isCall) {
			this.tally.lookAlikes++;
			return;
		}
		const {uncached, cacheRead, cacheWrite5m, cacheWrite1h} = counted;
		const id = `claude-code:${name}#${uncached}:${cacheRead}:${cacheWrite5m + cacheWrite1h}`;
		if (isEmpty(counted) && this.#known.wasCounted(name)) {
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

	/**
	 * Reads the next line of the answer of the line before, which does the same as `#answer` for it.
	 * @returns false if it has to be read like any other
	 */
	#nextLine(last: Request): boolean {
		const output = answer.output.told;
		const before = this.#known.get(last.id);
		if (!before || !last.usage || output === undefined || Number.isNaN(output)) {
			return false;
		}
		this.tally.repeats++;
		this.#last = last;
		const missReason = boundName(missReasonOf(answer)) || '';
		const joined = joinAnswer(before, {output, replica: mayBeCopy({isOwn: true}), missReason});
		if (joined) {
			this.#known.set(last.id, [joined.output, joined.replica, before[2], joined.missReason, before[4]]);
			this.#last = {
				...last,
				time: this.#clock.read(timestamp.text),
				line: this.#context.lineAt?.(this.#index),
				usage: {...last.usage, output: joined.output},
			};
			this.#delivery.add(this.#last);
		}
		return true;
	}

	#tell(id: string, told: LineAnswer, counted: Usage, steps: readonly Step[]): void {
		const {members, lane, isOwn} = told;
		const asked = isOwn ? this.#events.takeInput(lane) : undefined;
		const before = this.#known.get(id);
		if (before) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
			if (agentId.text?.startsWith('acompact')) {
				this.#rebuilds.note(boundName(sessionId.text) ?? '');
			}
		}
		const joined = joinAnswer(before, {
			output: counted.output,
			replica: mayBeCopy(told),
			missReason: boundName(missReasonOf(members)) || '',
		});
		if (!joined) {
			return;
		}
		const {output, replica, missReason} = joined;
		const time = this.#clock.read(told.timestamp);
		const rebuilt = before?.[2] ?? this.#rebuilds.precede(told, steps);
		const call = before?.[4] ?? (isOwn ? this.#surroundings.call(asked, time, told.timestamp !== undefined) : {});
		this.#known.set(id, [output, replica, rebuilt, missReason, call]);
		const served = steps.find(({kind}) => kind === 'fallback_message');
		const request = requestOf(id, told, {
			time,
			agent: told.agent,
			project: this.#surroundings.project,
			source: this.#context.source,
			line: this.#context.lineAt?.(this.#index),
			model: served?.model ?? members.model.text,
			usage: served?.usage ?? {...counted, output},
			missReason: missReason || undefined,
			missTokens: members.missed.count || undefined,
			iterations: iterationsOf(steps),
			call,
			replica: replica || undefined,
			rebuilt,
		});
		this.#delivery.add(request);
		const isNamed = members.id.text !== undefined || told.requestId !== undefined;
		if (isOwn && isNamed && inputTokens(counted) > 0 && steps.length === 0 && counted.accuracy === 'exact') {
			this.#last = request;
		}
	}

	/** Another call that the answer reports: of an advisor, a compaction, or a model that refused. */
	#step(id: string, told: LineAnswer, {kind, model, usage}: Step): void {
		if (this.#known.get(id)) {
			this.tally.repeats++;
			return;
		}
		this.tally.outcomes++;
		this.#known.set(id, [usage.output, false, false, '', {}]);
		this.#delivery.add(
			requestOf(id, told, {
				time: this.#clock.read(told.timestamp),
				agent: agentOf(kind, told.agent),
				project: this.#surroundings.project,
				source: this.#context.source,
				line: this.#context.lineAt?.(this.#index),
				model: model ?? told.members.model.text,
				usage,
				missReason: undefined,
				missTokens: undefined,
				iterations: undefined,
				call: {},
				replica: mayBeCopy(told) || undefined,
				rebuilt: false,
			}),
		);
	}
}
