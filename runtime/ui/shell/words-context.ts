import { createContext, useContext } from 'react';
import { type Say, sayIn } from './words.ts';

/** The shell speaks before any bundle has come, so its words have a context of their own. */
export const WordsContext = createContext<Say>(sayIn('en'));
export const useWords = (): Say => useContext(WordsContext);
