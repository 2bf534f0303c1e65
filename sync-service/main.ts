import { Fault } from '@skerry/shared/base/fault';
import { createService } from './app.ts';
import { configFromEnvironment } from './base/config.ts';

try {
  const service = await createService({ config: configFromEnvironment(process.env) });
  const { url } = await service.start();
  process.stdout.write(`${url}\n`);
  const stop = () => void service.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
