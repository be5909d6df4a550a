#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace IoTNet.Boards
{
    // Looks at the peer's certificate: what is wrong with it, in flags and in words, and whether it will do.
    internal sealed class CertificateJudge
    {
        private readonly TlsVerification _verification;
        private readonly bool _ofClient;
        private readonly string _host;
        private readonly List<string> _reasons = new List<string>();

        public CertificateJudge(TlsVerification verification, bool ofClient, string host)
        {
            _verification = verification;
            _ofClient = ofClient;
            _host = host;
        }

        public TlsVerifyFlags Flags { get; private set; }

        // Null: it was not refused.
        public string Refusal { get; private set; }

        // The chain ends at one of the given certificates, and nothing is fetched on the way: a fetch would wait.
        public static X509ChainPolicy PolicyFor(X509Certificate2Collection authorities)
        {
            X509ChainPolicy policy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            };
            if (authorities != null)
            {
                policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                policy.CustomTrustStore.AddRange(authorities);
                policy.ExtraStore.AddRange(authorities);
            }

            return policy;
        }

        public bool Judge(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors)
        {
            X509Certificate2 shown = certificate as X509Certificate2;
            if (shown == null)
            {
                if (_verification != TlsVerification.None)
                {
                    Add(TlsVerifyFlags.Missing, "the " + (_ofClient ? "client" : "server") + " showed no certificate");
                }
            }
            else
            {
                if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
                {
                    JudgeChain(shown, chain);
                }

                if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 && !_ofClient && _host != "")
                {
                    Add(TlsVerifyFlags.NameMismatch, _host == null
                        ? "there is no host name to check the certificate of " + NameOf(shown) + " against"
                        : "the certificate is for " + HostsOf(shown) + ", not for " + _host);
                }
            }

            if (_verification != TlsVerification.Required || Flags == TlsVerifyFlags.None)
            {
                return true;
            }

            Refusal = string.Join("; ", _reasons);
            return false;
        }

        private void JudgeChain(X509Certificate2 shown, X509Chain chain)
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                foreach (X509ChainStatus status in element.ChainElementStatus)
                {
                    JudgeStatus(element.Certificate, status);
                }
            }

            if (Flags == TlsVerifyFlags.None)
            {
                foreach (X509ChainStatus status in chain.ChainStatus)
                {
                    JudgeStatus(shown, status);
                }
            }
        }

        private void JudgeStatus(X509Certificate2 certificate, X509ChainStatus status)
        {
            string name = NameOf(certificate);
            switch (status.Status)
            {
                case X509ChainStatusFlags.NoError:
                    break;
                case X509ChainStatusFlags.NotTimeValid:
                    if (DateTime.Now < certificate.NotBefore)
                    {
                        Add(TlsVerifyFlags.NotYetValid, "the certificate of " + name + " is valid from " + Date(certificate.NotBefore) +
                            " on; the clock here says " + Date(DateTime.Now));
                    }
                    else
                    {
                        Add(TlsVerifyFlags.Expired, "the certificate of " + name + " expired on " + Date(certificate.NotAfter));
                    }

                    break;
                case X509ChainStatusFlags.Revoked:
                    Add(TlsVerifyFlags.Revoked, "the certificate of " + name + " was revoked");
                    break;
                case X509ChainStatusFlags.UntrustedRoot:
                    Add(TlsVerifyFlags.NotTrusted, "the certificate of " + name + " is self-signed and not one of the CA certificates");
                    break;
                case X509ChainStatusFlags.PartialChain:
                    Add(TlsVerifyFlags.NotTrusted, "the certificate of " + name + " was issued by " + certificate.Issuer +
                        ", which is not one of the CA certificates");
                    break;
                case X509ChainStatusFlags.NotSignatureValid:
                    Add(TlsVerifyFlags.NotTrusted, "the certificate of " + name + " is not signed by " + certificate.Issuer + " that is trusted");
                    break;
                case X509ChainStatusFlags.NotValidForUsage:
                    Add(TlsVerifyFlags.WrongUsage, "the certificate of " + name + " is not meant for a TLS " + (_ofClient ? "client" : "server"));
                    break;
                default:
                    Add(TlsVerifyFlags.Other, "the certificate of " + name + ": " + status.StatusInformation);
                    break;
            }
        }

        private void Add(TlsVerifyFlags flag, string reason)
        {
            Flags |= flag;
            if (!_reasons.Contains(reason))
            {
                _reasons.Add(reason);
            }
        }

        private static string NameOf(X509Certificate2 certificate)
        {
            return certificate.Subject.Length > 0 ? certificate.Subject : HostsOf(certificate);
        }

        // RFC 9525: the alternative names alone count.
        private static string HostsOf(X509Certificate2 certificate)
        {
            List<string> names = new List<string>();
            foreach (X509Extension extension in certificate.Extensions)
            {
                if (extension is X509SubjectAlternativeNameExtension alternatives)
                {
                    names.AddRange(alternatives.EnumerateDnsNames());
                    foreach (System.Net.IPAddress address in alternatives.EnumerateIPAddresses())
                    {
                        names.Add(address.ToString());
                    }
                }
            }

            return names.Count == 0 ? "no host" : string.Join(", ", names);
        }

        private static string Date(DateTime local)
        {
            return local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        }
    }
}
#endif
