/**
 * What applications, gateways and tracers call the parts of a call, in any spelling (`View`), the most telling first.
 * With dots: members in members, or a flat name with dots in it.
 */

/** The line's own time comes before the instant at which a provider began its response. */
export const time = [
	'event.timestamp',
	'timestamp',
	'@timestamp',
	'@t',
	'time',
	'ts',
	'asctime',
	'datetime',
	'date',
	'eventTime',
	'logged_at',
	'endTimeUnixNano',
	'timeUnixNano',
	'observedTimeUnixNano',
	'hrTime',
	'end_time',
	'end_timestamp',
	'completed_at',
	'TimeGenerated',
	'request_created_at',
	'created_at',
	'createTime',
	'created',
	'_time',
] as const;

/** When the call was sent. */
export const start = [
	'startTimeUnixNano',
	'start_time',
	'start_timestamp',
	'started_at',
	'request_start',
	'request_time',
] as const;

/** How long it took, in milliseconds. */
export const milliseconds = ['duration_ms', 'latency_ms', 'delay_ms', 'elapsed_ms', 'response_time_ms', 'request_duration_ms'] as const;

/** Names of an application's own that are likely to hold the time of a line, and those that hold another. */
export const likelyTime = /(?:time|timestamp|date|_at|At|_ts|Ts)$/;
export const otherTime = /expir|reset|start|began|begin|until|uptime|valid|updated|modified|runtime|latency|elapsed|duration|birth|due|retry/i;

export const id = ['gen_ai.response.id', 'id', 'responseId', 'response_id', 'message_id', 'generation_id'] as const;
export const request = ['request_id', 'requestId', 'req_id', 'prompt_id'] as const;
/** What tells rows and spans apart that are alike in everything else. */
export const row = ['id', 'trace_id', 'span_id', 'traceId', 'spanId', '_id', 'event.sequence'] as const;

export const model = [
	'gen_ai.response.model',
	'ai.response.model',
	'response_model',
	'$ai_model',
	'llm.model_name',
	'model',
	'model_id',
	'modelId',
	'model_name',
	'modelVersion',
	'model_slug',
	'ai.model.id',
	'deployment',
	'deployment_name',
] as const;
export const requestedModel = [
	'gen_ai.request.model',
	'request.model',
	'request.modelId',
	'response_metadata.model_name',
	'response_metadata.model',
	'metadata.model',
	'metadata.model_name',
	'ls_model_name',
	'llm.request.model',
] as const;

const threadNames = ['thread_id', 'session_id', 'conversation_id', 'chat_id', 'session.id', 'conversation.id'];
export const thread = [
	'gen_ai.conversation.id',
	...threadNames,
	...threadNames.map(name => `metadata.${name}`),
	'$ai_session_id',
	'langfuse.session.id',
	'$ai_trace_id',
	'trace_id',
	'metadata.trace_id',
	'contexts.trace.trace_id',
] as const;
export const project = [
	'project',
	'project_id',
	'metadata.project',
	'metadata.project_id',
	'service.name',
	'ServiceName',
	'service',
] as const;

export const agent = ['gen_ai.agent.name', 'agent_name', 'agent.name', 'agent', 'query_source', 'agent_id'] as const;
export const provider = [
	'provider_name',
	'custom_llm_provider',
	'gen_ai.provider.name',
	'gen_ai.system',
	'llm.provider',
	'$ai_provider',
	'ai.model.provider',
	'provider',
] as const;
export const client = ['client', 'user_agent', 'user_agent.original'] as const;

export const tier = ['service_tier', 'serviceTier'] as const;
export const settings = {
	speed: ['speed'],
	effort: ['reasoning_effort', 'reasoning.effort', 'effort'],
	thinking: ['thinking.type', 'thinking'],
	toolChoice: ['tool_choice.type', 'tool_choice'],
} as const;

/** What says that a call failed. */
export const failure = ['status', 'outcome', 'finish_reason', 'stop_reason', 'level', 'type', 'subtype'] as const;
