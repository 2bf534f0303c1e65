import { z } from '../declare.ts';

const mode = z.enum(['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online']);
/** Profile by its name, entity by its qualified name. */
const entityOfProfile = { profile: z.string(), entity: z.string() };

/** Navigation profiles: what devices hold. */
export const PROFILE_COMMANDS = {
  /** `constraint` goes with mode constrained; absent keeps the one that stands. */
  'profile.setMode': z.object({ ...entityOfProfile, mode, constraint: z.optional(z.string()) }),
  'profile.setConstraint': z.object({ ...entityOfProfile, constraint: z.string(), merge: z.optional(z.string()) }),
  /** Back to what the analyzer derives by itself. */
  'profile.reset': z.object(entityOfProfile),
  /** Adds an entity that no page or flow reaches; `mode` sets its mode in the same step. */
  'profile.addEntity': z.object({ ...entityOfProfile, mode: z.optional(mode) }),
  'profile.removeEntity': z.object(entityOfProfile),
} as const;
