import { createPrivateKey } from 'node:crypto';

const encodedKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKq8YI686yHYzPi0m4vasAx8ysipTWGoTT8nzAr3idqihRANC' +
  'AAQP+GMjo6SJuZhPt2f+v2z29wVobQgxj3ZEkIwBBoYpKs6UmL1e3GhCUKTrkh5mYop3ozwcZqzQupUnPuAgm2Fy';

const encodedCertificate =
  'MIIBkDCCATagAwIBAgIUJFDb84n99TefCHnhV6LvazbY8XUwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAX' +
  'DTI2MTEyMjA0MDIwNVoYDzIxMjYxMDI5MDQwMjA1WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO' +
  'PQMBBwNCAAQP+GMjo6SJuZhPt2f+v2z29wVobQgxj3ZEkIwBBoYpKs6UmL1e3GhCUKTrkh5mYop3ozwcZqzQupUnPuAgm2Fy' +
  'o2QwYjAdBgNVHQ4EFgQUIsNTa1vvzn0BFoa6p40FhGnsMB8wHwYDVR0jBBgwFoAUIsNTa1vvzn0BFoa6p40FhGnsMB8wDwYD' +
  'VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIQDut7DfrxbCs7B/IItEvT6SnBf0k5iP' +
  'sVcbOk4vP26ClAIgbSNImpN+SdBRCcTu6f6X/a1OWlbTZ13tJBHks77zPu4=';

/** Self-signed certificate for 127.0.0.1, which nobody trusts. */
export const untrustedCertificate = {
  key: createPrivateKey({ key: encodedKey, encoding: 'base64', format: 'der', type: 'pkcs8' }).export({
    format: 'pem',
    type: 'pkcs8',
  }),
  cert: `-----BEGIN CERTIFICATE-----\n${encodedCertificate}\n-----END CERTIFICATE-----\n`,
};
