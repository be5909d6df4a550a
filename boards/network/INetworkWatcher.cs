using System;

namespace IoTNet.Boards
{
    /// <summary>Whom the state machine tells, on the thread that makes the step, but <see cref="OnLinkChanged"/>, which comes from
    /// any.</summary>
    internal interface INetworkWatcher
    {
        /// <summary>Whether nothing more is to be told or begun.</summary>
        bool IsStopping { get; }

        /// <summary>A state was entered.</summary>
        void OnState(NetworkState state, NetworkReason reason, IPAddress address);

        /// <summary>The link threw.</summary>
        void OnError(Exception error);

        /// <summary>The link has changed: the next step is due.</summary>
        void OnLinkChanged();
    }
}
