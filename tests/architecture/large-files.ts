/** Source files over 500 lines, each with the reason why it is better whole than in parts. */
export const largeFiles: Readonly<Record<string, string>> = {
  'tests/shared/flow/step.test.ts':
    'one case per kind of node, read side by side with the table of kinds in shared/flow',
};
