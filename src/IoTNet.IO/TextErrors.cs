namespace IoTNet
{
    /// <summary>What a text file does with bytes that are not UTF-8, and with lone surrogates in what it writes (Python's
    /// <c>errors</c>).</summary>
    public enum TextErrors
    {
        /// <summary>The call throws.</summary>
        Strict,

        /// <summary>Bytes become U+FFFD, one for each longest part that could begin a character; a surrogate becomes ?.</summary>
        Replace,

        /// <summary>Each byte becomes the surrogate U+DC00 + byte, and comes back from it in writing (PEP 383): nothing is
        /// lost. Other surrogates throw. A nanoFramework device keeps strings as UTF-8, which has no lone surrogates: there such
        /// a byte becomes U+FFFD, as with <see cref="Replace"/>.</summary>
        SurrogateEscape,
    }
}
