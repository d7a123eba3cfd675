/** Matches the model's name in the `environment_details` of Cline and Roo Code. */
export const modelPattern = /<model>([^<\n]{1,200})<\/model>/;

/** Matches the working folder in the `environment_details`. */
export const folderPattern = /Current (?:Workspace|Working) Directory \(([^)\n]{1,1000})\)/;
