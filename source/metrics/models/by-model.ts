/** Models are few and every request asks; a log that names a new one a line must not fill the memory. */
const mostKnown = 1000;

/** The same function of a model's name, as logged, that looks once and remembers. */
export const byModel = <Answer>(look: (model: string) => Answer): ((model: string) => Answer) => {
	const known = new Map<string, {readonly answer: Answer}>();
	return model => {
		let found = known.get(model);
		if (found === undefined) {
			if (known.size >= mostKnown) {
				known.clear();
			}
			found = {answer: look(model)};
			known.set(model, found);
		}
		return found.answer;
	};
};
