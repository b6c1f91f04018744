import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What a Redis is started with that speaks TLS alone. */
export interface TlsRedis {
  /** The file that `NODE_EXTRA_CA_CERTS` names where it is to be trusted: it was signed by nobody else. */
  readonly certificate: string;
  readonly port: number;
  /** Lines of its configuration. */
  readonly lines: readonly string[];
}

/** Makes a key and a certificate for a Redis at a free port of this machine, by `openssl`. */
export async function tlsRedis(folder: string): Promise<TlsRedis> {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...curve, '-days', '2', ...whose, ...files], { stdio: 'pipe' });
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return {
    ...{ certificate, port },
    lines: [
      ...['port 0', `tls-port ${port}`, 'tls-auth-clients no', `tls-cert-file ${certificate}`],
      ...[`tls-key-file ${key}`, `tls-ca-cert-file ${certificate}`],
    ],
  };
}
