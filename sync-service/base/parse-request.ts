import { userFault } from '@skerry/shared/base/fault';
import * as z from 'zod/mini';

/** The request by its schema. @throws Fault `request/invalid` that names up to ten wrong places */
export function parseRequest<T extends z.core.$ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 10).map((issue) => ({
    at: issue.path.map(String).join('/'),
    problem: issue.message,
  }));
  const places = problems.map((one) => one.at || 'the whole').join(', ');
  throw userFault('request/invalid', `The request does not have the agreed form at ${places}.`, { problems });
}
