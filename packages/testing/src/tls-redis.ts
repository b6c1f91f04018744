import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A certificate that trusts itself, and what a Redis is started with to show it. */
export interface TlsRedis {
  /** The file that `NODE_EXTRA_CA_CERTS` names where it is to be trusted. */
  readonly certificate: string;
  /** Lines of the configuration of a Redis that listens at a port by TLS alone. */
  readonly lines: (port: number) => readonly string[];
}

/** Makes the certificate of a Redis on this machine, by `openssl`. */
export function tlsRedis(folder: string): TlsRedis {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const whose = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...curve, '-days', '2', ...whose, ...files], { stdio: 'pipe' });
  return {
    certificate,
    lines: (port) => [
      ...['port 0', `tls-port ${port}`, 'tls-auth-clients no', `tls-cert-file ${certificate}`],
      ...[`tls-key-file ${key}`, `tls-ca-cert-file ${certificate}`],
    ],
  };
}
