import type { z } from '../declare.ts';
import { DOCUMENT_COMMANDS } from './document-commands.ts';
import { DOMAIN_COMMANDS } from './domain-commands.ts';
import { ELEMENT_COMMANDS } from './element-commands.ts';
import { PROFILE_COMMANDS } from './profile-commands.ts';

/** Every way to change a project, by name, with the schema of its arguments. All of them are undoable. */
export const COMMANDS = { ...ELEMENT_COMMANDS, ...DOCUMENT_COMMANDS, ...DOMAIN_COMMANDS, ...PROFILE_COMMANDS } as const;
export type CommandName = keyof typeof COMMANDS;
export type CommandArguments<C extends CommandName> = z.infer<(typeof COMMANDS)[C]>;
