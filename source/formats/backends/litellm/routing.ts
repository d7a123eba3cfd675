import {type JsonObject, textOf} from '../../json/json-values.js';
import type {ThreadEvents} from '../../state/thread-events.js';

/** How the proxy routed a call. */
export type Routing = {
	/** LiteLLM's id of the deployment; two of them may be the same model at the same address with different keys. */
	readonly deployment: string | undefined;
	/** Number of attempts after the first. */
	readonly retries: number;
	/** Number of models tried before this one. */
	readonly fallbacks: number;
};

/** Where a call was answered: the address without protocol, account and query; else LiteLLM's name of the provider. */
export const providerOf = (row: JsonObject): string | undefined => {
	const address = textOf(row.api_base)
		?.replace(/^[a-z]{1,20}:\/\//i, '')
		.replace(/^[^/@]{0,200}@/, '')
		.replace(/[?#].*$/s, '')
		.replace(/\/+$/, '');
	return address || textOf(row.custom_llm_provider);
};

/** The deployment of a call, and its number of retries and fallbacks. */
export const routingOf = (row: JsonObject, metadata: JsonObject | undefined): Routing => ({
	deployment: textOf(row.model_id),
	retries: times(metadata?.attempted_retries),
	fallbacks: times(metadata?.attempted_fallbacks),
});

const times = (value: unknown): number =>
	typeof value === 'number' && value > 0 && value < 1000 ? Math.floor(value) : 0;

/** Adds events if the proxy routed a call differently from the thread's previous one. */
export const noteRouting = (events: ThreadEvents, thread: string, {deployment, retries, fallbacks}: Routing): void => {
	events.compare(thread, 'deployment', deployment ?? '', shortId);
	if (retries > 0) {
		events.add(thread, 'retry');
	}
	if (fallbacks > 0) {
		events.add(thread, 'fallback');
	}
};

/** Shortens the ids of deployments, which are hashes. */
const shortId = (id: string): string => (id.length > 12 ? id.slice(0, 8) : id);
