/** The lines of one measured request of 10,000 tokens that ended so many milliseconds ago. */
export const request = (ago: number, cacheRead: number, thread = 'a') =>
	[
		'LLM API call: claude-sonnet-4-5 (2 messages)',
		`💰 Usage type: EXACT - prompt=10000, completion=10, cache_read=${cacheRead}, cache_creation=0`,
	]
		.map(
			(event, index) =>
				`${new Date(Date.now() - ago + index).toISOString()} [info     ] ${event} thread_id=${thread}\n`,
		)
		.join('');
