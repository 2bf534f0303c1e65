import { USER_ROLES } from './oracle/rights.ts';
import { associationId } from './world/app-model.ts';

console.log(associationId('Person_Team'), USER_ROLES, associationId('Job_Tag'));
