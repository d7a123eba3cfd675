/** Where Cline and Roo Code name the model in what they tell it of its surroundings. */
export const modelMark = /<model>([^<\n]{1,200})<\/model>/;

/** The same for the folder that the task works in. */
export const folderMark = /Current (?:Workspace|Working) Directory \(([^)\n]{1,1000})\)/;
