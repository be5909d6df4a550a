using System.Collections;

namespace IoTNet
{
    /// <summary>Credentials by tag, as Zephyr's tls_credential_add(): one of each type under a tag, for option
    /// TLS_SEC_TAG_LIST.</summary>
    public sealed class TlsCredentialStore
    {
        private readonly ArrayList _credentials = new ArrayList();

        /// <summary>Adds a credential.</summary>
        /// <param name="tag">Its tag; one tag joins a certificate and its key.</param>
        /// <param name="type">What it is.</param>
        /// <param name="credential">PEM or DER; not copied, so leave it as it is.</param>
        /// <returns>0; or EINVAL (another type, or no bytes; Zephyr's pre-shared keys are not supported), EALREADY (the tag has
        /// one of this type; Zephyr: EEXIST).</returns>
        public int Add(int tag, TlsCredentialType type, byte[] credential)
        {
            if (credential == null || credential.Length == 0 || type < TlsCredentialType.CaCertificate ||
                type > TlsCredentialType.PrivateKey)
            {
                return -(int)Errno.EINVAL;
            }

            lock (_credentials)
            {
                if (IndexOf(tag, type) >= 0)
                {
                    return -(int)Errno.EALREADY;
                }

                _credentials.Add(new Credential { Tag = tag, Type = type, Bytes = credential });
                return 0;
            }
        }

        /// <summary>Takes a credential away; sockets whose options name it already keep it.</summary>
        /// <param name="tag">Its tag.</param>
        /// <param name="type">What it is.</param>
        /// <returns>0, or ENOENT.</returns>
        public int Delete(int tag, TlsCredentialType type)
        {
            lock (_credentials)
            {
                int index = IndexOf(tag, type);
                if (index < 0)
                {
                    return -(int)Errno.ENOENT;
                }

                _credentials.RemoveAt(index);
                return 0;
            }
        }

        /// <summary>Puts a tag's credentials into options.</summary>
        /// <param name="tag">The tag.</param>
        /// <param name="options">Takes them.</param>
        /// <returns>0; ENOENT when the tag has none.</returns>
        internal int Read(int tag, TlsOptions options)
        {
            int found = 0;
            lock (_credentials)
            {
                for (int i = 0; i < _credentials.Count; i++)
                {
                    Credential credential = (Credential)_credentials[i];
                    if (credential.Tag != tag)
                    {
                        continue;
                    }

                    found++;
                    if (credential.Type == TlsCredentialType.CaCertificate)
                    {
                        options.CaCertificates = credential.Bytes;
                    }
                    else if (credential.Type == TlsCredentialType.PublicCertificate)
                    {
                        options.Certificate = credential.Bytes;
                    }
                    else
                    {
                        options.PrivateKey = credential.Bytes;
                    }
                }
            }

            return found > 0 ? 0 : -(int)Errno.ENOENT;
        }

        private int IndexOf(int tag, TlsCredentialType type)
        {
            for (int i = 0; i < _credentials.Count; i++)
            {
                Credential credential = (Credential)_credentials[i];
                if (credential.Tag == tag && credential.Type == type)
                {
                    return i;
                }
            }

            return -1;
        }

        private sealed class Credential
        {
            public int Tag;
            public TlsCredentialType Type;
            public byte[] Bytes;
        }
    }
}
