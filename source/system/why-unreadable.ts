/** Why a file could not be read, as a phrase that follows its name. @param what was attempted: `read`, `listed` */
export const whyUnreadable = (error: unknown, what: 'read' | 'listed' = 'read'): string => {
	const {code, message} = error as NodeJS.ErrnoException;
	switch (code) {
		case 'EACCES':
		case 'EPERM':
			return `cannot be ${what}: permission denied`;
		case 'ELOOP':
			return `cannot be ${what}: its symbolic links lead in a circle`;
		default:
			return message;
	}
};
