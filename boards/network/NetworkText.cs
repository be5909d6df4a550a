namespace IoTNet.Boards
{
    /// <summary>States and reasons in words; on nanoFramework an enum's own text is its number.</summary>
    public static class NetworkText
    {
        /// <summary>Names a state.</summary>
        /// <param name="state">The state.</param>
        /// <returns>The words, in small letters.</returns>
        public static string Of(NetworkState state)
        {
            switch (state)
            {
                case NetworkState.Down: return "down";
                case NetworkState.Connecting: return "connecting";
                case NetworkState.GettingAddress: return "getting an address";
                case NetworkState.Up: return "up";
                case NetworkState.Retrying: return "waiting to try again";
                case NetworkState.AccessPoint: return "access point for set-up";
                case NetworkState.Restarting: return "restarting";
                default: return "state " + (int)state;
            }
        }

        /// <summary>Names a reason.</summary>
        /// <param name="reason">The reason.</param>
        /// <returns>The words, in small letters; empty for <see cref="NetworkReason.None"/>.</returns>
        public static string Of(NetworkReason reason)
        {
            switch (reason)
            {
                case NetworkReason.None: return "";
                case NetworkReason.WrongPassword: return "wrong password";
                case NetworkReason.NotFound: return "no such access point in range";
                case NetworkReason.UnsupportedSecurity: return "unsupported kind of security";
                case NetworkReason.Refused: return "refused by the access point";
                case NetworkReason.ConnectTimeout: return "no answer from the access point";
                case NetworkReason.ConnectFailed: return "could not connect";
                case NetworkReason.LinkError: return "the link threw";
                case NetworkReason.DhcpTimeout: return "no address in time";
                case NetworkReason.CableOut: return "cable out";
                case NetworkReason.Lost: return "access point lost";
                case NetworkReason.AddressLost: return "address lost";
                case NetworkReason.AddressChanged: return "address changed";
                case NetworkReason.NoCredentials: return "no credentials";
                case NetworkReason.Configured: return "new credentials";
                case NetworkReason.AccessPointTimeout: return "access point not used";
                case NetworkReason.Asked: return "asked to try again";
                default: return "reason " + (int)reason;
            }
        }
    }
}
