namespace IoTNet.Apps
{
    /// <summary>A simulated sensor and its last readings. No two boards of different names read the same.</summary>
    internal sealed class Thermometer
    {
        /// <summary>How many readings are kept for pages that open later.</summary>
        public const int Kept = 60;

        private const int MeanMilliCelsius = 22000;

        private readonly int[] _kept = new int[Kept];
        private uint _random;
        private int _milliCelsius = MeanMilliCelsius;

        public Thermometer(string name)
        {
            for (int i = 0; i < name.Length; i++)
            {
                _random = (_random * 31) + name[i];
            }
        }

        /// <summary>How many readings there were.</summary>
        public int Count { get; private set; }

        /// <summary>The last reading.</summary>
        public int MilliCelsius => _milliCelsius;

        /// <summary>How many of them are kept.</summary>
        public int KeptCount => Count < Kept ? Count : Kept;

        /// <summary>A reading that is kept; 0 is the oldest.</summary>
        public int GetKept(int index)
        {
            return _kept[(Count - KeptCount + index) % Kept];
        }

        /// <summary>Where a sensor of your own is read. This one wanders about 22 °C.</summary>
        public void Read()
        {
            _random = (_random * 1664525) + 1013904223;
            int step = (int)(long)(_random >> 24) - 127;
            _milliCelsius += (step * 2) - ((_milliCelsius - MeanMilliCelsius) / 32);
            _kept[Count % Kept] = _milliCelsius;
            Count++;
        }
    }
}
