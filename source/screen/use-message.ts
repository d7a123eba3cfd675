import {useEffect, useState} from 'react';
import type {Message} from './presentation/message.js';

/** Long enough to read two paths. */
const shownFor = 8000;

/** A message that goes away by itself; what is still going on stays. */
export const useMessage = (): readonly [Message | undefined, (message: Message | undefined) => void] => {
	const [message, setMessage] = useState<Message>();
	useEffect(() => {
		if (message && message.kind !== 'exporting') {
			const timer = setTimeout(() => setMessage(undefined), shownFor);
			return () => clearTimeout(timer);
		}
		return undefined;
	}, [message]);
	return [message, setMessage];
};
