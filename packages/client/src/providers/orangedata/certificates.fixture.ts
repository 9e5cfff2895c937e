/** Writes the text of a certificate or key in PEM. */
function pem(what: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----\n`;
}

/** Authority of the certificates here, which nobody else trusts. */
export const testAuthority = pem(
  'CERTIFICATE',
  'MIIBnTCCAUOgAwIBAgIUNtxfc/ICzzHuW7HnVxDGh+IOFHEwCgYIKoZIzj0EAwIwIzEhMB8GA1UEAwwYZmlzY2Fsa2l0IHRl' +
    'c3QgYXV0aG9yaXR5MCAXDTI2MTIwMTAzMTYxMVoYDzIxMjYxMTA3MDMxNjExWjAjMSEwHwYDVQQDDBhmaXNjYWxraXQgdGVz' +
    'dCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQdppYVNrpnFS/Vhhjl/IOwn3X3z/IbgIyx4KTN+QPoPdpW' +
    'FNevBfe0Jh+u7clxDtydPcV7HNFp91BYhiMoSomSo1MwUTAdBgNVHQ4EFgQU8MBa6Z1WHp9quH3ibn64TWt80MQwHwYDVR0j' +
    'BBgwFoAU8MBa6Z1WHp9quH3ibn64TWt80MQwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA5PV+mkv3/hOg' +
    '8FvcSNvYfC89Nocaf6HmD7J/5go09GkCIH957/xGTn/o8yjpNPrfDDpbnJEaweT3Xj6i5okdTo53',
);

/** Certificate of a server at 127.0.0.1. */
export const serverCertificate = pem(
  'CERTIFICATE',
  'MIIBjTCCATSgAwIBAgIUSkQNTH4NKcSUaZVRHqICcAZT9xcwCgYIKoZIzj0EAwIwIzEhMB8GA1UEAwwYZmlzY2Fsa2l0IHRl' +
    'c3QgYXV0aG9yaXR5MCAXDTI2MTIwMTAzMTYxMloYDzIxMjYxMTA3MDMxNjEyWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTAT' +
    'BgcqhkjOPQIBBggqhkjOPQMBBwNCAAQAPyVx527L9LJw/eqlKN2EKtai2loUyNGeJWaerCepZhYmnNQkaxPQY+H1oqIDS1dd' +
    'OmmGzgRPvZvmoOyRH/blo1MwUTAPBgNVHREECDAGhwR/AAABMB0GA1UdDgQWBBQldRPyaw16PtDH58qbRTmPsJC4GjAfBgNV' +
    'HSMEGDAWgBTwwFrpnVYen2q4feJufrhNa3zQxDAKBggqhkjOPQQDAgNHADBEAiB5v3Ghpd4wlp+T7WQHRFofyQWNrknjtttx' +
    '5XQxg7Yl4AIgPM6TviUAYrrn6ipfAerkXoohGOtkcz8uwKCDi6E9LxM=',
);

/** Its key. */
export const serverKey = pem(
  'PRIVATE KEY',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggYk9V0JyPW/jbTpsvXvexHE/t7Z2FWlsuSH+Y4KaKpmhRANC' +
    'AAQAPyVx527L9LJw/eqlKN2EKtai2loUyNGeJWaerCepZhYmnNQkaxPQY+H1oqIDS1ddOmmGzgRPvZvmoOyRH/bl',
);

/** Certificate of a client. */
export const clientCertificate = pem(
  'CERTIFICATE',
  'MIIBkzCCATmgAwIBAgIUSkQNTH4NKcSUaZVRHqICcAZT9xgwCgYIKoZIzj0EAwIwIzEhMB8GA1UEAwwYZmlzY2Fsa2l0IHRl' +
    'c3QgYXV0aG9yaXR5MCAXDTI2MTIwMTAzMTYxMloYDzIxMjYxMTA3MDMxNjEyWjAVMRMwEQYDVQQDDAo3NzI3NDAxMjA5MFkw' +
    'EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAER7g8NxzpX3yXYWkZRqnAhRfZ+Yoh31zJU/zJNKNaInMoOTj9siM2k/XfBRP9yDq0' +
    'D01BbBtUXOeZcwWA8BI7d6NXMFUwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0OBBYEFLYg3dOVPsehfhYyqtjZaNa/mGnj' +
    'MB8GA1UdIwQYMBaAFPDAWumdVh6farh94m5+uE1rfNDEMAoGCCqGSM49BAMCA0gAMEUCIQD/NtVq1U7tLXD/CH6cn9ADrdsZ' +
    'RWF7fKqQPQU05HDmTQIgSgheqfccJXqYkgMIsrb3xBAh5/RYDsUX+Shkx3+jPN8=',
);

/** Its key. */
export const clientKey = pem(
  'PRIVATE KEY',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgh8r8feWHDQQxHMuQUe51Nzk8Nr2UuIWtPAB/jMZEXhShRANC' +
    'AARHuDw3HOlffJdhaRlGqcCFF9n5iiHfXMlT/Mk0o1oicyg5OP2yIzaT9d8FE/3IOrQPTUFsG1Rc55lzBYDwEjt3',
);

/** The same key with the passphrase `1234`. */
export const encryptedClientKey = pem(
  'ENCRYPTED PRIVATE KEY',
  'MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgccNH9rPE+cAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQME' +
    'ASoEEFbscUFxS5g3yLfPJM89IQIEgZBlfrOIMODrhznOCy8zXD8/5txHb1OWJdqdA8ekl3zXVOSm3QoZb1wS9i/Wl8OWRybW' +
    'wJc9UyndeAEAjPn7T3FeK0tmxjatEVYRnpsJ9N/UlSk3GfyUg0oCBNpGoUt4stW4XTF31TSsMDQddBG4uk2ZV2P03ynzEWJf' +
    'yiw6g9CS3vSFYgvvVMvyJ7wIPzs6ZqI=',
);

/** Key of no certificate. */
export const otherKey = pem(
  'PRIVATE KEY',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTd1vnyh947upYEfJuwDLwhzhzSJlhs+uO5nti2MW6QehRANC' +
    'AASzfwueeglMRa4UsFrAIEFp5fBz1PVuDM+PlId50IV14U07nNqHzJxgO8YUAc1sd0lKu8r8Kune80Z3YT2p1Uli',
);
