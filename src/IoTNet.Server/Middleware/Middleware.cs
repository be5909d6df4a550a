using System;

namespace IoTNet
{
    /// <summary>Decides about a client before the server tells of it. It lets it pass by <c>next(connection)</c>, at once or any
    /// time later on the loop's thread, refuses it by <c>next(connection, reason)</c>, by closing it or by an exception; it may
    /// attach data (<see cref="Connection.Attach"/>) and write.</summary>
    /// <param name="connection">The client.</param>
    /// <param name="next">What goes on; the same for every client.</param>
    public delegate void Middleware(Connection connection, MiddlewareNext next);

    /// <summary>Goes on with a client. From another thread by <see cref="EventLoop.Post"/>. A second call for the same client, one
    /// after it has left, or from a place that it has passed does nothing.</summary>
    /// <param name="connection">The client.</param>
    /// <param name="reason">Why it is refused; null = it may pass.</param>
    public delegate void MiddlewareNext(Connection connection, Exception reason = null);
}
