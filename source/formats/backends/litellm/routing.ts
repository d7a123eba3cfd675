import {type JsonObject, textOf} from '../../json/json-values.js';
import type {ThreadEvents} from '../../state/thread-events.js';

/** How the proxy sent a call on. */
export type Routing = {
	/** The deployment, by LiteLLM's own id; two of them may be the same model at the same address under other keys. */
	readonly deployment: string | undefined;
	/** Attempts after the first. */
	readonly retries: number;
	/** Models that were tried before this one. */
	readonly fallbacks: number;
};

/** Where a call was answered: the address without protocol, account and query; else what LiteLLM calls the provider. */
export const providerOf = (row: JsonObject): string | undefined => {
	const address = textOf(row.api_base)
		?.replace(/^[a-z]{1,20}:\/\//i, '')
		.replace(/^[^/@]{0,200}@/, '')
		.replace(/[?#].*$/s, '')
		.replace(/\/+$/, '');
	return address || textOf(row.custom_llm_provider);
};

/** Where LiteLLM sent a call, and after how many retries and fallbacks. */
export const routingOf = (row: JsonObject, metadata: JsonObject | undefined): Routing => ({
	deployment: textOf(row.model_id),
	retries: times(metadata?.attempted_retries),
	fallbacks: times(metadata?.attempted_fallbacks),
});

const times = (value: unknown): number =>
	typeof value === 'number' && value > 0 && value < 1000 ? Math.floor(value) : 0;

/** What the proxy did otherwise than for the request before it in the thread. */
export const noteRouting = (events: ThreadEvents, thread: string, {deployment, retries, fallbacks}: Routing): void => {
	events.compare(thread, 'deployment', deployment ?? '', shortId);
	if (retries > 0) {
		events.add(thread, 'retry');
	}
	if (fallbacks > 0) {
		events.add(thread, 'fallback');
	}
};

/** Ids of deployments are hashes. */
const shortId = (id: string): string => (id.length > 12 ? id.slice(0, 8) : id);
