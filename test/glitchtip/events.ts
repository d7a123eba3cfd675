/** 1 October 2025, 09:00 UTC: the first event. */
export const firstTime = Date.UTC(2025, 9, 1, 9);
export const minute = 60_000;

export type EventParts = {
	readonly metrics?: object;
	readonly message?: string;
	/** Milliseconds after `firstTime`. */
	readonly at?: number;
	readonly received?: string;
};

export const metrics = {
	blocks_used: 3,
	max_blocks: 4,
	system_tokens: 14_238,
	conversation_tokens: 30_500,
	total_tokens: 44_738,
	cache_breakpoints: 3,
	total_messages: 25,
	cache_hit_rate_percent: 12,
	estimated_savings_percent: 10.8,
	model: 'anthropic/claude-sonnet-4-20250514',
	timestamp: '2025-10-01T16:00:00',
};

export const idOf = (index: number): string => index.toString(16).padStart(32, '0');

/** The event of a call as the list of a project has it, a minute after the one before. */
export const apiEvent = (index: number, parts: EventParts = {}) => {
	const created = new Date(firstTime + (parts.at ?? index * minute));
	const message = parts.message ?? 'Prompt Cache Metrics: 3/4 blocks, 3 breakpoints, 12.0% hit rate';
	return {
		id: idOf(index),
		platform: 'python',
		eventID: idOf(index),
		projectID: 7,
		groupID: '139',
		dateCreated: created.toISOString(),
		dateReceived: parts.received ?? new Date(created.getTime() + 220).toISOString(),
		culprit: '',
		type: 'default',
		message,
		metadata: {title: message},
		tags: [
			{key: 'level', value: 'info'},
			{key: 'server_name', value: 'worker-1'},
		],
		entries: [],
		contexts: {
			cache_metrics: {...metrics, ...parts.metrics},
			trace: {trace_id: 'b9ee878696cc48db998915478f8cf6c1', type: 'trace'},
		},
		context: {'sys.argv': ['-m', 'dramatiq']},
		user: null,
		title: message,
	};
};

/** The same under the names that the list of an issue has. */
export const snakeEvent = (index: number, parts: EventParts = {}) => {
	const {eventID, projectID, groupID, dateCreated, dateReceived, ...event} = apiEvent(index, parts);
	return {
		...event,
		event_id: eventID,
		project_id: projectID,
		group_id: groupID,
		date_created: dateCreated,
		date_received: dateReceived,
	};
};

/** An exception of a writer whose scope still holds the numbers of an earlier call. */
export const exception = (index: number) => ({...apiEvent(index), message: 'LLMError: overloaded', type: 'error'});

/** Events of so many calls, newest first. */
export const callEvents = (count: number, from = 0) =>
	Array.from({length: count}, (_, index) => apiEvent(from + count - 1 - index));
