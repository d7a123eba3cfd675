/** Models are few and every request asks; a log that names a new one a line must not fill the memory. */
const mostKnown = 1000;

/** The same function of a model's name, as logged, that looks once and remembers. */
export const byModel = <Answer>(look: (model: string) => Answer): ((model: string) => Answer) => {
	type Known = {readonly model: string; readonly answer: Answer};
	const known = new Map<string, Known>();
	/** The one that was asked for last: most often it is asked for again. */
	let latest: Known | undefined;
	return model => {
		if (latest?.model !== model) {
			let found = known.get(model);
			if (found === undefined) {
				if (known.size >= mostKnown) {
					known.clear();
				}
				found = {model, answer: look(model)};
				known.set(model, found);
			}
			latest = found;
		}
		return latest.answer;
	};
};
