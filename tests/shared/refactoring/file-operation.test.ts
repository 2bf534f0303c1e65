import {
  type FileOperation,
  followersOf,
  invertFileOperations,
  rewriteDemoRows,
} from '@skerry/shared/refactoring/file-operation';
import { describe, expect, it } from 'vitest';

const TEXT = 'id,Name,Status\r\n1,Open,Open\r\n2,"Open","Open"\r\n3,,Done';
const value = { kind: 'renameValue', path: 'data/M.A.csv', column: 'Status', from: 'Open', to: 'Begun' } as const;

describe('demo rows in a refactoring', () => {
  it('change cells of the one column and keep every other byte', () => {
    expect(rewriteDemoRows(TEXT, value)).toBe('id,Name,Status\r\n1,Open,Begun\r\n2,"Open",Begun\r\n3,,Done');
  });

  it('change the head of a column, not the cells below', () => {
    const operation = { kind: 'renameColumn', path: 'data/M.A.csv', from: 'Name', to: 'Title' } as const;
    expect(rewriteDemoRows(TEXT, operation)).toBe(TEXT.replace('Name', 'Title'));
    expect(rewriteDemoRows('', operation)).toBe('');
  });

  it('stay as they are when the column is not there', () => {
    expect(rewriteDemoRows(TEXT, { ...value, column: 'Other' })).toBe(TEXT);
  });

  it('come back by the inverse, in the opposite order', () => {
    const operations: FileOperation[] = [value, { kind: 'move', path: 'data/M.A.csv', to: 'data/M.B.csv' }];
    expect(invertFileOperations(operations)).toEqual([
      { kind: 'move', path: 'data/M.B.csv', to: 'data/M.A.csv' },
      { ...value, from: 'Begun', to: 'Open' },
    ]);
  });

  it('move with their entity, and stay when it only changes its folder', () => {
    const move = (path: string, to: string) =>
      followersOf([{ kind: 'move', path, to }]).map((operation) => operation.path);
    expect(move('modules/M/entities/A.json', 'modules/M/entities/B.json')).toEqual([
      'modules/M/entities/A.layout.json',
      'data/M.A.csv',
    ]);
    expect(move('modules/M/entities/A.json', 'modules/M/entities/old/A.json')).toEqual([
      'modules/M/entities/A.layout.json',
    ]);
    expect(move('modules/M/actions/A.json', 'modules/N/actions/A.json')).toEqual([
      'modules/M/actions/A.layout.json',
      'modules/M/actions/A.ts',
    ]);
  });
});
