namespace IoTNet
{
    /// <summary>What a server says about a question (RFC 1035 4.1.1).</summary>
    public enum DnsResponseCode
    {
        /// <summary>It is answered.</summary>
        NoError = 0,

        /// <summary>The server does not understand it.</summary>
        FormErr = 1,

        /// <summary>The server has a problem.</summary>
        ServFail = 2,

        /// <summary>The name does not exist.</summary>
        NXDomain = 3,

        /// <summary>The server does not do such questions.</summary>
        NotImp = 4,

        /// <summary>The server does not want to.</summary>
        Refused = 5,
    }
}
