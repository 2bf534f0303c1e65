import { entityLocation, type Pass } from './pass.ts';

/** What needs the network is allowed, and the modeler should know. */
export const needsNetwork: Pass = {
  rule: {
    code: 'scope/needs-network',
    severity: 'information',
    meaning: 'Something on the device calls a microflow, which works only while the service can be reached.',
    remedy: 'Nothing, if that is meant; else use a nanoflow.',
  },
  *find({ reach }) {
    for (const reached of reach.documents.values()) {
      if (reached.kind !== 'microflow' || !reached.via) continue;
      const { from, steps } = reached.via;
      const where = steps.length > 0 ? ` (${steps.join(' › ')})` : '';
      yield {
        location: { document: from.document, element: 'id' in from.document.content ? from.document.content.id : '' },
        message: `This calls ${reached.document.qualifiedName}${where}, which runs on the service and needs the network. Use a nanoflow if it should work offline.`,
      };
    }
  },
};

/** SC10: correct and slow. */
export const reconciled: Pass = {
  rule: {
    code: 'scope/reconciled',
    severity: 'information',
    meaning:
      "Changes of an entity's scope cannot be followed one by one; devices compare all their rows of it with the service instead.",
    remedy: 'Write the constraint over attributes and associations of the entity.',
  },
  *find(context) {
    for (const entity of context.plan.entities) {
      for (const candidate of entity.candidates) {
        if (candidate.kind !== 'reconcile') continue;
        yield {
          location: entityLocation(context, entity.entity),
          message: `Rows of ${entity.entity} are compared as a whole when they may have changed, because ${candidate.because}. That is right but slow.`,
        };
      }
    }
  },
};
