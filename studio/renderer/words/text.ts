export const text = {
  document: 'Text of {{path}}',
  unparsed: 'This file is not readable JSON. It stays as it is until it is repaired outside, and then opens by itself.',
};
