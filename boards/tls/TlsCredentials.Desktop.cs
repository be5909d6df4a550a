#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IoTNet.Boards
{
    // What .NET makes of the credentials of some options: read once, kept with them.
    internal sealed class TlsCredentials
    {
        // RFC 5958, RFC 8017 A.1.2, RFC 5915: what a key without a label can be.
        private static readonly string[] s_keyLabels = { "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" };

        private readonly byte[] _caCertificates;
        private readonly byte[] _certificate;
        private readonly byte[] _privateKey;
        private readonly string _password;

        private TlsCredentials(TlsOptions options)
        {
            _caCertificates = options.CaCertificates;
            _certificate = options.Certificate;
            _privateKey = options.PrivateKey;
            _password = options.Password;
            Authorities = _caCertificates == null ? null : ReadCertificates(_caCertificates);
            if (_certificate != null)
            {
                X509Certificate2Collection chain = ReadCertificates(_certificate);
                X509Certificate2 own = ReadOwn(chain[0]);
                chain.RemoveAt(0);
                Own = SslStreamCertificateContext.Create(own, chain, offline: true);
            }
        }

        // Null: the system's own.
        public X509Certificate2Collection Authorities { get; }

        // Null: none.
        public SslStreamCertificateContext Own { get; }

        public static TlsCredentials Of(TlsOptions options)
        {
            TlsCredentials kept = options.Prepared as TlsCredentials;
            if (kept == null || !kept.Fits(options))
            {
                kept = new TlsCredentials(options);
                options.Prepared = kept;
            }

            return kept;
        }

        private bool Fits(TlsOptions options)
        {
            return _caCertificates == options.CaCertificates && _certificate == options.Certificate &&
                _privateKey == options.PrivateKey && _password == options.Password;
        }

        private static X509Certificate2Collection ReadCertificates(byte[] bytes)
        {
            X509Certificate2Collection certificates = new X509Certificate2Collection();
            if (IsPem(bytes))
            {
                certificates.ImportFromPem(Encoding.UTF8.GetString(bytes));
                if (certificates.Count == 0)
                {
                    throw new CryptographicException("no CERTIFICATE in the PEM");
                }
            }
            else
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
            }

            return certificates;
        }

        private X509Certificate2 ReadOwn(X509Certificate2 certificate)
        {
            byte[] key = _privateKey ?? _certificate;
            string pem = certificate.ExportCertificatePem();
            if (IsPem(key))
            {
                string keyPem = Encoding.UTF8.GetString(key);
                return keyPem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
                    ? X509Certificate2.CreateFromEncryptedPem(pem, keyPem, _password)
                    : X509Certificate2.CreateFromPem(pem, keyPem);
            }

            Exception reason = null;
            foreach (string label in s_keyLabels)
            {
                try
                {
                    return X509Certificate2.CreateFromPem(pem, PemEncoding.WriteString(label, key));
                }
                catch (CryptographicException e)
                {
                    reason = reason ?? e;
                }
            }

            throw new CryptographicException("the private key is none of PKCS #8, PKCS #1 and SEC 1: " + reason.Message);
        }

        private static bool IsPem(byte[] bytes)
        {
            return Encoding.Latin1.GetString(bytes).Contains("-----BEGIN ", StringComparison.Ordinal);
        }
    }
}
#endif
