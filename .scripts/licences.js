/** The licences of the packages in the bundle: packages that share the words of one are listed above it. */

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';

/** Where the words of a licence begin; above them are its name and the copyright. */
const beginning = /^(?:Permission is hereby granted|Permission to use|Redistribution and use)\b/m;

/** A file may hold the licences of packages that were bundled into this one (meow). */
const partsOf = (name, text) =>
	text
		.split(/\n---\n+(?=Name: )/)
		.map(part => /^Name: (?<name>.+)$[\s\S]*?^===$(?<text>[\s\S]*)/m.exec(part)?.groups ?? {name, text: part});

const licenceIn = ({name, text}) => {
	const words = text.trim();
	const start = Math.max(0, words.search(beginning));
	const notice = words.slice(0, start).trim();
	return {notice: notice === '' ? name : `${name}\n${notice}`, words: words.slice(start)};
};

const filesOf = folder =>
	[folder, `${folder}/build`]
		.filter(place => existsSync(place))
		.flatMap(place =>
			readdirSync(place)
				.filter(name => /^licen[cs]es?\b/i.test(name))
				.map(name => `${place}/${name}`),
		);

/** @param folders of packages @returns the text that is published with the bundle */
export const licencesOf = folders => {
	const shared = new Map();
	const all = folders.flatMap(folder =>
		filesOf(folder).flatMap(path => partsOf(basename(folder), readFileSync(path, 'utf8')).map(licenceIn)),
	);
	for (const {notice, words} of all) {
		const key = words.replace(/\s+/g, ' ');
		const found = shared.get(key) ?? {notices: new Set(), words};
		shared.set(key, found);
		found.notices.add(notice);
	}
	return [...shared.values()]
		.map(({notices, words}) => `${[...notices].join('\n\n')}\n\n${words}\n`)
		.join(`\n${'='.repeat(80)}\n\n`);
};
