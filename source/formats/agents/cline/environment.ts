/** The model's name in what Cline and Roo Code tell the model of its surroundings (`environment_details`). */
export const modelPattern = /<model>([^<\n]{1,200})<\/model>/;

/** The folder that the task works in, in the same text. */
export const folderPattern = /Current (?:Workspace|Working) Directory \(([^)\n]{1,1000})\)/;
