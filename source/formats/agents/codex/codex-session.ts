import {boundName} from '../../../text/bound-names.js';
import {parseStamp} from '../../../time/stamp.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {eachObject} from '../../records/transcript-lines.js';
import {isLike} from '../../state/saved-state.js';
import {emptyThreadEvents} from '../../state/thread-events.js';
import {LineClock} from '../../times/line-clock.js';
import {appliedModel, CodexEvents, emptyCodexContext} from './events.js';
import {type History, isCopy, noHistory} from './history.js';
import {
	agentName,
	branch,
	type Counts,
	countsOf,
	cwd,
	difference,
	historyBase,
	info,
	isSubagent,
	kind,
	last,
	lastMembers,
	lineage,
	model,
	none,
	ordinal,
	payload,
	recorded,
	recordMembers,
	responseId,
	sessionId,
	skimmer,
	textOf,
	timestamp,
	toldCountsOf,
	totalMembers,
	totals,
	toUsage,
	type,
} from './line.js';
import {newRollout, type Rollout} from './rollout.js';

/** Maximum number of requests without counts, since as many tools may run at once. */
const mostUncounted = 16;

const emptyState = () => ({
	version: 5,
	tally: emptyTally(),
	time: 0,
	rollout: {...newRollout(), uncounted: ['']} as Rollout,
	history: noHistory(),
	context: emptyCodexContext(),
	events: emptyThreadEvents,
});

/** Reads a rollout of Codex CLI. */
export class CodexSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	#rollout: Rollout;
	#history: History;
	#events: CodexEvents;
	readonly #clock: LineClock;
	/** Index of the current line among those being read. */
	#index = 0;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 5 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#rollout = {...(state?.rollout ?? newRollout())};
		this.#history = {...(state?.history ?? noHistory())};
		this.#events = new CodexEvents(state?.context, state?.events);
		this.#clock = new LineClock(context, this.tally, state?.time);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#rollout = newRollout();
			this.#history = noHistory();
			this.#events = new CodexEvents();
		}
		eachObject(bytes, skimmer, this.tally, this.#object);
	}

	provisional(): readonly [] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 5,
			tally: {...this.tally},
			time: this.#clock.last,
			rollout: {...this.#rollout},
			history: {...this.#history},
			context: {...this.#events.context},
			events: this.#events.entries(),
		};
	}

	readonly #object = (index: number): void => {
		this.#index = index;
		const rollout = this.#rollout;
		const time = parseStamp(timestamp.text ?? '', this.#context.localTime);
		this.#events.line({type: type.text ?? '', kind: kind.text ?? '', time, model: model.text, cwd: cwd.text});
		const copied = isCopy(this.#history, time, ordinal.exists ? ordinal.count : undefined);
		switch (payload.isObject && (type.text === 'event_msg' ? kind.text : type.text)) {
			case 'session_meta':
				this.tally.candidates++;
				this.#meta(time);
				break;
			case 'turn_context':
				this.tally.candidates++;
				rollout.model = boundName(model.text) ?? rollout.model;
				rollout.project ||= boundName(cwd.text) ?? '';
				break;
			case 'thread_settings_applied':
				// A change of the model takes effect with the next turn.
				rollout.model ||= boundName(appliedModel()) ?? '';
				break;
			case 'compacted':
			case 'context_compacted':
				this.tally.candidates++;
				rollout.rebuilt = true;
				break;
			case 'token_usage_record':
				this.tally.candidates++;
				this.#record(copied);
				break;
			case 'token_count':
				this.tally.candidates++;
				this.#count(copied);
				break;
		}
	};

	/** The first one is the log's own; later ones belong to the history of sessions from which it was forked. */
	#meta(time: number | undefined): void {
		const rollout = this.#rollout;
		const session = boundName(sessionId.text);
		const {forkedFrom, parent: named, spawnedBy, historyStart, baseThread, baseEnd} = lineage;
		const parent = boundName(spawnedBy.text ?? named.text ?? forkedFrom.text);
		if (rollout.session === '') {
			// A base that is the thread itself is an earlier file of it.
			const base = boundName(baseThread.text);
			const isContinued = historyBase.isObject && (base === undefined || base === session);
			const isForked = parent !== undefined || (historyBase.isObject && !isContinued);
			rollout.session = session ?? '';
			rollout.root = isForked ? (parent ?? base ?? '') : (session ?? '');
			rollout.isRootKnown = isContinued;
			rollout.parent = isSubagent() ? (parent ?? '') : '';
			rollout.agent = isSubagent() ? (boundName(agentName()) ?? 'subagent') : 'main';
			rollout.project = boundName(cwd.text) ?? '';
			rollout.branch = boundName(branch.text) ?? '';
			const start = historyStart.exists ? historyStart.count : baseEnd.exists ? baseEnd.count : -1;
			const inherits = isForked || isContinued;
			this.#history = {inherits, opened: time ?? 0, start, before: time ?? 0, isOver: !inherits};
			this.#events.meta(true, isForked);
		} else if (session !== undefined && session !== rollout.session) {
			rollout.root = parent ?? session;
			rollout.isRootKnown = true;
			this.#events.meta(false, !this.#history.inherits);
			this.#history.inherits = true;
		}
	}

	/** A response, written when it has ended; its `token_count` follows when the tools that it called have run. */
	#record(copied: boolean): void {
		const rollout = this.#rollout;
		const counts = toldCountsOf(recordMembers);
		if (!recorded.isObject || counts.input + counts.output === 0) {
			return;
		}
		rollout.uncounted = [...rollout.uncounted.slice(1 - mostUncounted), textOf(counts)];
		this.#tell(responseId.text ?? `${rollout.session}:${timestamp.text}:${textOf(counts)}`, counts, copied);
	}

	#count(copied: boolean): void {
		const rollout = this.#rollout;
		if (!totals.isObject) {
			// Without `info`, the event precedes the first answer and reports rate limits.
			this.tally.lookAlikes += info.isNull ? 0 : 1;
			return;
		}
		const total = countsOf(totalMembers);
		// Most events are written twice; a compaction repeats one with the earlier totals.
		if (textOf(total) === textOf(rollout.total)) {
			this.tally.repeats++;
			return;
		}
		const isFirst = textOf(rollout.total) === textOf(none);
		const counts = last.isObject ? toldCountsOf(lastMembers) : difference(total, rollout.total);
		rollout.total = total;
		const known = rollout.uncounted.indexOf(textOf(counts));
		if (known >= 0) {
			rollout.uncounted = rollout.uncounted.filter((_, index) => index !== known);
			this.tally.repeats++;
			return;
		}
		// If a log continues the totals of another, what its first answer added is unknown.
		if (counts.input + counts.output === 0 || (isFirst && !last.isObject && this.#history.inherits && !copied)) {
			return;
		}
		if (copied && !rollout.isRootKnown) {
			// It is unknown which session these are copies of, so they are left to its log.
			rollout.hasCopies = true;
			this.tally.repeats++;
			return;
		}
		rollout.hasCopies ||= copied;
		// A copy of an event keeps the totals: a fork gives it another time, and its log another session. If the
		// history was copied from its beginning, counting continues that of the root, which also holds for forks of
		// this fork.
		const isOfRoot = rollout.isRootKnown && rollout.hasCopies;
		const counter = (isOfRoot ? rollout.root : rollout.session) || this.#context.source;
		this.#tell(`${counter}:${textOf(total)}`, counts, copied);
	}

	#tell(id: string, counts: Counts, copied: boolean): void {
		const rollout = this.#rollout;
		this.tally.outcomes++;
		const time = this.#clock.read(timestamp.text);
		const call = this.#events.call(time, copied);
		// Listed member by member, because combining other objects takes thousands of bytes.
		this.#context.onRequest({
			id: `codex:${id}`,
			time,
			start: call.start,
			thread: rollout.parent || rollout.session || undefined,
			agent: rollout.agent || undefined,
			agentId: rollout.parent === '' ? undefined : rollout.session,
			project: rollout.project || undefined,
			branch: rollout.branch || undefined,
			source: this.#context.source,
			line: this.#context.lineAt?.(this.#index),
			host: undefined,
			model: rollout.model || undefined,
			provider: call.provider,
			client: call.client,
			settings: call.settings,
			priceFactors: call.priceFactors,
			plan: undefined,
			usage: toUsage(counts),
			missReason: undefined,
			events: call.events,
			replica: copied || undefined,
			rebuilt: rollout.rebuilt,
		});
		rollout.rebuilt = false;
	}
}
