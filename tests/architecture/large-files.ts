/** Source files over 500 lines, each with the reason why it is better whole than in parts. */
export const largeFiles: Readonly<Record<string, string>> = {
  'tests/convergence/run/simulation.ts':
    'the one scheduler of a seed; network, faults and rest are to become files of their own beside it',
  'tests/shared/flow/step.test.ts':
    'one case per kind of node, read side by side with the table of kinds in shared/flow',
};
