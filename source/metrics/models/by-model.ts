/** Maximum number of remembered models. Models are few, but a log may name a new one in each line. */
const mostKnown = 1000;

/** Memoises a function of a logged model name. */
export const byModel = <Answer>(look: (model: string) => Answer): ((model: string) => Answer) => {
	type Known = {readonly model: string; readonly answer: Answer};
	const known = new Map<string, Known>();
	/** The last one, which is most often asked for again. */
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
