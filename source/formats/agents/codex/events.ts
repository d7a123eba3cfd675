import type {PriceFactors, Request, RequestSettings} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {Member} from '../../json/member.js';
import {baseName, eventName, ThreadEvents} from '../../state/thread-events.js';

const version = new Member('cli_version');
const modelProvider = new Member('model_provider');
const role = new Member('role');
const effort = new Member('effort');
const modeEffort = new Member('reasoning_effort');
const mode = new Member('mode');
const collaboration = new Member('collaboration_mode', {
	inside: [mode, new Member('settings', {inside: [modeEffort]})],
});
const approval = new Member('approval_policy');
const sandboxType = new Member('type');
const sandboxMode = new Member('mode');
const sandbox = new Member('sandbox_policy', {inside: [sandboxType, sandboxMode]});
const date = new Member('current_date');
const personality = new Member('personality');
const isFull = new Member('full');
const applied = {
	model: new Member('model'),
	effort: new Member('reasoning_effort'),
	tier: new Member('service_tier'),
};
const settings = new Member('thread_settings', {inside: Object.values(applied)});

/** Members of a payload that are needed besides the token counts. */
export const eventMembers: readonly Member[] = [
	version,
	modelProvider,
	role,
	effort,
	collaboration,
	approval,
	sandbox,
	date,
	personality,
	isFull,
	settings,
];

/** The model in an event about settings; undefined for any other line. */
export const appliedModel = (): string | undefined => applied.model.text;

/** Tiers by their names in Codex, which calls the faster one by two; `default` and unknown ones have list prices. */
const tiers: Readonly<Record<string, NonNullable<PriceFactors['tier']>>> = {
	priority: 'priority',
	fast: 'priority',
	flex: 'flex',
};

/** Kinds of payloads that start an answer or are part of one. */
const answerKinds: ReadonlySet<string> = new Set([
	'reasoning',
	'agent_reasoning',
	'agent_message',
	'function_call',
	'custom_tool_call',
	'local_shell_call',
	'web_search_call',
	'tool_search_call',
]);

/** Milliseconds within which counts follow the line of a tool that ended after the answer. */
const moment = 1000;

/** The saved state: everything needed to continue. The empty text and 0 mean unknown. */
type CodexContext = {
	client: string;
	provider: string;
	effort: string;
	/** The effort that the latest event about settings told, for turns that do not repeat it. */
	appliedEffort: string;
	/** As Codex names it: `default`, `priority`, `flex`. */
	tier: string;
	/** Time of the latest line that needs an answer, and of the latest one that was answered, in epoch milliseconds. */
	asked: number;
	answered: number;
	/** When the latest answer was counted. */
	counted: number;
};

/** The state before the first line. */
export const emptyCodexContext = (): CodexContext => ({
	client: '',
	provider: '',
	effort: '',
	appliedEffort: '',
	tier: '',
	asked: 0,
	answered: 0,
	counted: 0,
});

/** A rollout has a single thread. */
const thread = '';

/** What a line says about later requests. */
type CodexLine = {
	/** The line's type. */
	readonly type: string;
	/** The type of its payload, if it has one. */
	readonly kind: string;
	/** Epoch milliseconds; undefined if the line has no time. */
	readonly time: number | undefined;
	readonly model: string | undefined;
	readonly cwd: string | undefined;
};

/** Follows a rollout: when its requests were sent and by which client, and what changed between them. */
export class CodexEvents {
	readonly context: CodexContext;
	readonly #events: ThreadEvents;

	constructor(context = emptyCodexContext(), events: ReturnType<ThreadEvents['entries']> = []) {
		this.context = {...context};
		this.#events = new ThreadEvents(events);
	}

	entries(): ReturnType<ThreadEvents['entries']> {
		return this.#events.entries();
	}

	/** @param isOwn false for the metadata of a session whose history was copied */
	meta(isOwn: boolean, isForked: boolean): void {
		if (isOwn) {
			this.context.client = boundName(version.text && `codex ${version.text}`) ?? '';
			this.context.provider = boundName(modelProvider.text) ?? '';
			this.#events.compare(thread, 'client version', version.text ?? '');
		}
		if (isForked) {
			this.#events.add(thread, 'fork');
		}
	}

	line({type, kind, time, model, cwd}: CodexLine): void {
		if (type === 'turn_context') {
			this.#turn(model, cwd);
		} else if (type === 'world_state') {
			if (isFull.exists && !isFull.isTrue) {
				this.#events.add(thread, 'instructions');
			}
		} else if (type === 'compacted' || kind === 'context_compacted') {
			this.#events.add(thread, 'compaction');
		} else if (kind === 'turn_aborted') {
			this.#events.add(thread, 'interrupted');
		} else if (kind === 'error' || kind === 'stream_error') {
			this.#events.add(thread, 'error');
		} else if (kind === 'entered_review_mode' || kind === 'exited_review_mode') {
			this.#events.add(thread, 'review mode', kind === 'entered_review_mode' ? 'on' : 'off');
		} else if (kind === 'thread_settings_applied') {
			this.#apply();
		} else if (kind === 'tool_search_output') {
			this.#events.add(thread, 'tool search');
		}
		if (kind === 'user_message') {
			this.#events.add(thread, 'new turn');
		}
		this.#follow(kind, time);
	}

	/** An event without a tier leaves it as it was (openai/codex, protocol.rs: ThreadSettingsSnapshot). */
	#apply(): void {
		this.context.appliedEffort = boundName(applied.effort.text) ?? this.context.appliedEffort;
		if (applied.tier.exists) {
			this.context.tier = boundName(applied.tier.text) ?? '';
			this.#events.compare(thread, 'service tier', this.context.tier);
		}
	}

	#turn(model: string | undefined, cwd: string | undefined): void {
		this.context.effort = boundName(effort.text ?? modeEffort.text) ?? this.context.appliedEffort;
		this.#events.compare(thread, 'model', model ?? '');
		this.#events.compare(thread, 'effort', this.context.effort);
		this.#events.compare(thread, 'approval mode', approval.text ?? '');
		this.#events.compare(thread, 'sandbox', sandboxType.text ?? sandboxMode.text ?? '');
		this.#events.compare(thread, 'mode', mode.text ?? '');
		this.#events.compare(thread, 'personality', personality.text ?? '');
		this.#events.compare(thread, 'date', date.text ?? '', eventName);
		this.#events.compare(thread, 'folder', cwd ?? '', baseName);
	}

	#follow(kind: string, time: number | undefined): void {
		const isAnswer = answerKinds.has(kind) || (kind === 'message' && role.text === 'assistant');
		const isInput = kind.endsWith('_output') || kind === 'user_message' || (kind === 'message' && role.text === 'user');
		if (isInput && time !== undefined) {
			this.context.asked = time;
		} else if (isAnswer && this.context.asked > 0) {
			this.context.answered = this.context.asked;
			this.context.asked = 0;
		}
	}

	/**
	 * What is known about the request that was answered and counted at this time. The next call is about the next
	 * request.
	 */
	call(
		time: number,
		isReplay: boolean,
	): Pick<Request, 'start' | 'client' | 'provider' | 'settings' | 'priceFactors' | 'events'> {
		const {client, provider, answered, counted} = this.context;
		const tier = Object.hasOwn(tiers, this.context.tier) ? tiers[this.context.tier] : undefined;
		const settings: RequestSettings | undefined =
			this.context.effort === '' ? undefined : {effort: this.context.effort};
		const events = this.#events.take(thread);
		const isForked = events?.some(({kind}) => kind === 'fork');
		if (isReplay && isForked) {
			this.#events.add(thread, 'fork');
		}
		this.context.answered = 0;
		this.context.counted = time;
		return {
			start: answered > 0 && answered <= time && answered >= counted - moment ? answered : undefined,
			client: client || undefined,
			provider: provider || undefined,
			settings,
			priceFactors: tier && {tier},
			events,
		};
	}
}
