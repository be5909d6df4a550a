namespace IoTNet.Boards
{
    // What was called when System.Net failed: some of its codes mean different things in different calls.
    internal enum NetCall
    {
        Open,
        Bind,
        Listen,
        Accept,
        Connect,
        Send,
        Receive,
        Option,
        Other,
    }
}
