namespace IoTNet
{
    /// <summary>How long to wait before an attempt: twice as long as before the last one, up to a limit, and differing at random
    /// by a part of it.</summary>
    internal sealed class Backoff
    {
        private readonly int _firstMs;
        private readonly int _mostMs;
        private readonly int _percent;
        private readonly byte[] _random = new byte[2];

        public Backoff(int firstMs, int mostMs, int percent)
        {
            _firstMs = firstMs;
            _mostMs = mostMs;
            _percent = percent;
        }

        /// <summary>How many waits there were since the last <see cref="Reset"/>.</summary>
        public int Attempts { get; private set; }

        public void Reset()
        {
            Attempts = 0;
        }

        public int NextMs()
        {
            long ms = _firstMs;
            for (int i = 0; i < Attempts && ms < _mostMs; i++)
            {
                ms *= 2;
            }

            Attempts++;
            ms = ms < _mostMs ? ms : _mostMs;
            if (_percent > 0)
            {
                Randomness.Fill(_random);
                int random = (_random[0] << 8) | _random[1];

                // From -percent to +percent of it.
                ms += ms * _percent / 100 * (random - 32768) / 32768;
                ms = ms < _mostMs ? ms : _mostMs;
            }

            return ms < 1 ? 1 : (int)ms;
        }
    }
}
