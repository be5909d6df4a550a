namespace IoTNet
{
    /// <summary>Which call a select belongs to.</summary>
    public enum SelectTag
    {
        /// <summary><see cref="EventLoop.Accept"/>.</summary>
        Accept,

        /// <summary><see cref="EventLoop.Receive"/>.</summary>
        Receive,

        /// <summary><see cref="EventLoop.ReceiveFrom"/>.</summary>
        ReceiveFrom,

        /// <summary><see cref="EventLoop.Connect"/>.</summary>
        Connect,

        /// <summary><see cref="EventLoop.Send"/>.</summary>
        Send,

        /// <summary><see cref="EventLoop.SendTo"/>.</summary>
        SendTo,
    }
}
