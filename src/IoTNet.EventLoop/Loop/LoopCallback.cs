using System;

namespace IoTNet
{
    /// <summary>Work that an <see cref="EventLoop"/> calls on its thread.</summary>
    /// <param name="state">What was given with it.</param>
    public delegate void LoopCallback(object state);

    /// <summary>Takes the exceptions that a loop's callbacks throw.</summary>
    /// <param name="source">Whose callback threw: the <see cref="WatchedSocket"/>, the <see cref="LoopTimer"/>, or the state of
    /// posted work.</param>
    /// <param name="error">What it threw.</param>
    public delegate void LoopErrorHandler(object source, Exception error);
}
