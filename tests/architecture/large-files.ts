/** Source files over 500 lines, each with the reason why it is better whole than in parts. */
export const largeFiles: Readonly<Record<string, string>> = {};
