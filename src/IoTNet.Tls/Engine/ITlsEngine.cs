namespace IoTNet
{
    /// <summary>
    /// The seam between a TLS socket and what does the cryptography: one connection's engine. It receives and sends cipher
    /// text itself, on the socket that it was opened for, because some engines want the socket and not its bytes
    /// (nanoFramework's SslStream).
    /// </summary>
    /// <remarks>
    /// <para><b>Answers</b> are <c>&gt;= 0</c> or <c>-(int)Errno</c>. No call waits for the peer (EAGAIN) and none throws. After
    /// an error other than EAGAIN, <see cref="Failure"/> says more.</para>
    /// <para><b>Threads.</b> One call at a time; the session sees to it.</para>
    /// <para><b>Memory.</b> Buffers are array, offset, count, already checked. No call after the handshake allocates for each
    /// record.</para>
    /// </remarks>
    public interface ITlsEngine
    {
        /// <summary>What the handshake waits for when it said EAGAIN: In, Out or both.</summary>
        PollEvents Wanted { get; }

        /// <summary>How many decrypted bytes are known to wait; looks at nothing.</summary>
        int Pending { get; }

        /// <summary>Whether cipher text waits for the socket to take it.</summary>
        bool HasUnsent { get; }

        /// <summary>Why the last call failed; null when none did, or when it was the socket's own error.</summary>
        TlsFailure Failure { get; }

        /// <summary>What is wrong with the peer's certificate, also when nobody asked to refuse it.</summary>
        TlsVerifyFlags VerifyFlags { get; }

        /// <summary>The protocol that was agreed on, <c>TLS 1.3</c>; null before that, or when it is not known.</summary>
        string Protocol { get; }

        /// <summary>The cipher suite by IANA's number; 0 when it is not known.</summary>
        int CipherSuite { get; }

        /// <summary>The application protocol that was agreed on (RFC 7301); null for none.</summary>
        string ApplicationProtocol { get; }

        /// <summary>Goes on with the handshake as far as possible.</summary>
        /// <returns>0 when it is done; EAGAIN (see <see cref="Wanted"/>); ECONNABORTED (refused by either side, or not TLS, or
        /// the peer ended the connection), or the socket's own error.</returns>
        int Handshake();

        /// <summary>Decrypts until bytes wait. Takes nothing from the socket when some do already.</summary>
        /// <param name="looks">Whether to look at the socket; false: only cipher text that was taken from it ahead need be looked
        /// through, as the caller will wait for the socket.</param>
        /// <returns>How many wait; 0 = the peer's close_notify; EAGAIN; ECONNABORTED (a bad record, an alert, or the connection
        /// ended without close_notify), or the socket's own error.</returns>
        int Fill(bool looks);

        /// <summary>Takes decrypted bytes that wait; looks at nothing.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="peek">Whether they stay.</param>
        /// <returns>How many; 0 when none wait.</returns>
        int Take(byte[] buffer, int offset, int count, bool peek);

        /// <summary>Encrypts bytes and sends what the socket takes; the rest of a record stays here, unsent.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many, above 0.</param>
        /// <returns>How many were taken, at least 1; EAGAIN (cipher text is stuck), or the socket's own error.</returns>
        int Send(byte[] buffer, int offset, int count);

        /// <summary>Sends cipher text that is stuck.</summary>
        /// <returns>0 when none is left; EAGAIN; or the socket's own error.</returns>
        int Flush();

        /// <summary>Tells the peer that nothing more comes (RFC 8446 6.1); what it sends can still be received.</summary>
        /// <returns>0 (it may still be unsent); EOPNOTSUPP: the engine can only close; or the socket's own error.</returns>
        int CloseNotify();

        /// <summary>Gives back what the engine holds; the socket stays open. An engine that can only close tells the peer
        /// now.</summary>
        void Close();
    }
}
