using System;

namespace IoTNet.Boards
{
    /// <summary>The time of the state machine.</summary>
    internal interface INetworkClock
    {
        /// <summary>Milliseconds since whenever; never runs backwards.</summary>
        long NowMs { get; }
    }

    /// <summary>The board's own.</summary>
    internal sealed class SystemClock : INetworkClock
    {
        /// <inheritdoc/>
        public long NowMs => Environment.TickCount64;
    }
}
