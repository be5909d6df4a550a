#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using System.Threading;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The nano half of waiting. nanoFramework can wait for one thing on one socket; the rest is looking again and again.
    internal sealed partial class SystemNetSocket
    {
        // How long a wait for several things goes without a look at the others.
        internal const int LookAgainMs = 10;

        // The events seen now.
        internal int Look(int events)
        {
            FinishConnect();
            if (PendingError != 0)
            {
                return Lost(events) | (int)PollEvents.Err;
            }

            if (IsConnectionBased)
            {
                switch (_state)
                {
                    case ConnectState.Connecting:
                        return 0;
                    case ConnectState.Failed:
                        return Lost(events);
                    case ConnectState.Idle:
                        // As Linux has it: sending fails at once.
                        return (events & (int)PollEvents.Out) | (int)PollEvents.Hup;
                    default:
                        break;
                }
            }

            try
            {
                return LookAtNative(events);
            }
            catch (NetSockets.SocketException e)
            {
                return LookFailed(e, events);
            }
        }

        // Waits for some of the events, a slice at most; wrong about them at times, for the next look to see.
        internal void WaitSlice(int events, int limitMs)
        {
            NetSockets.SelectMode mode = (events & (int)PollEvents.In) != 0
                ? NetSockets.SelectMode.SelectRead
                : NetSockets.SelectMode.SelectWrite;
            bool one = events == (int)PollEvents.In || events == (int)PollEvents.Out;
            int sliceMs = one ? Platform.SliceMs : LookAgainMs;
            sliceMs = limitMs >= 0 && limitMs < sliceMs ? limitMs : sliceMs;
            if (events == 0 || _state == ConnectState.Connecting || (Is(ReadOverBit) && mode == NetSockets.SelectMode.SelectRead))
            {
                Thread.Sleep(sliceMs < LookAgainMs ? sliceMs : LookAgainMs);
                return;
            }

            try
            {
                _native.Poll(sliceMs * 1000, mode);
            }
            catch (NetSockets.SocketException e)
            {
                LookFailed(e, events);
            }
        }

        // Ready, TimeOver, or -errno. Ready also when the half is over, which the caller looks at anyway.
        private int Wait(NetSockets.SelectMode mode, ref Deadline deadline)
        {
            for (;;)
            {
                bool reading = mode == NetSockets.SelectMode.SelectRead;
                if (reading ? Is(ReadOverBit) : Is(WriteOverBit))
                {
                    return Ready;
                }

                int leftMs = deadline.RemainingMs();
                int sliceMs = leftMs < 0 || leftMs > Platform.SliceMs ? Platform.SliceMs : leftMs;
                if (_state == ConnectState.Connecting)
                {
                    Thread.Sleep(sliceMs < LookAgainMs ? sliceMs : LookAgainMs);
                    FinishConnect();
                    if (_state == ConnectState.Failed)
                    {
                        return BrokenOr(reading ? -(int)Errno.ENOTCONN : -(int)Errno.EPIPE);
                    }
                }
                else
                {
                    try
                    {
                        if (_native.Poll(sliceMs * 1000, mode)
                            || (!Platform.PollThrowsErrors && _native.Poll(0, NetSockets.SelectMode.SelectError)))
                        {
                            return Ready;
                        }
                    }
                    catch (NetSockets.SocketException e)
                    {
                        return PollError(e);
                    }
                }

                if (IsClosed)
                {
                    return -(int)Errno.EINTR;
                }

                if (leftMs == 0)
                {
                    return TimeOver;
                }
            }
        }

        private int NativePoll(int events, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int seen = Look(events);
                int leftMs = deadline.RemainingMs();
                if (seen != 0 || leftMs == 0 || IsClosed)
                {
                    return seen;
                }

                WaitSlice(events, leftMs);
            }
        }

        private int LookAtNative(int events)
        {
            int seen = 0;
            if ((events & (int)PollEvents.In) != 0 && (Is(ReadOverBit) || _native.Poll(0, NetSockets.SelectMode.SelectRead)))
            {
                seen |= (int)PollEvents.In;
            }

            if ((events & (int)PollEvents.Out) != 0 && _state != ConnectState.Listening
                && (Is(WriteOverBit) || _native.Poll(0, NetSockets.SelectMode.SelectWrite)))
            {
                seen |= (int)PollEvents.Out;
            }

            if (Is(ReadOverBit) && Is(WriteOverBit))
            {
                seen |= (int)PollEvents.Hup;
            }
            else if (!Platform.PollThrowsErrors || (events & (int)(PollEvents.In | PollEvents.Out)) == 0)
            {
                if (_native.Poll(0, NetSockets.SelectMode.SelectError))
                {
                    return IsConnectionBased ? Lose(-NativeTakeError(), events, seen) : seen | (int)PollEvents.Err;
                }
            }

            return seen;
        }

        // An error ends both halves of a connection. Without a cause it was urgent data, which nobody can receive here.
        private int Lose(int error, int events, int seen)
        {
            if (error == 0)
            {
                return seen;
            }

            MakeExtras().PendingError = -Break(error);
            return Lost(events) | (int)PollEvents.Err;
        }

        private int LookFailed(NetSockets.SocketException exception, int events)
        {
            int error = PollError(exception);
            if (!Is(WriteOverBit))
            {
                return (int)PollEvents.Err;
            }

            MakeExtras().PendingError = -error;
            return Lost(events) | (int)PollEvents.Err;
        }

        // lwIP through nanoFramework: poll throws, with whatever code is left over, when the connection is in error.
        private int PollError(NetSockets.SocketException exception)
        {
            int error = ErrorOf(exception, NetCall.Other);
            if (error == -(int)Errno.EINTR || error == -(int)Errno.ENETDOWN || !IsConnectionBased)
            {
                return error;
            }

            int cause = -NativeTakeError();
            return Break(cause == 0 || cause == -(int)Errno.EIO ? -(int)Errno.ECONNRESET : cause);
        }

        private static int Lost(int events)
        {
            return (events & (int)(PollEvents.In | PollEvents.Out)) | (int)PollEvents.Hup;
        }
    }

    internal static class SystemNetPoll
    {
        public static int Many(SystemNetStack stack, int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                int ready = 0;
                int first = -1;
                for (int i = 0; i < count; i++)
                {
                    results[i] = handles[i] < 0 ? 0 : Look(stack, handles[i], events[i]);
                    ready += results[i] != 0 ? 1 : 0;
                    first = first < 0 && handles[i] >= 0 ? i : first;
                }

                int leftMs = deadline.RemainingMs();
                if (ready > 0 || leftMs == 0)
                {
                    return ready;
                }

                int sliceMs = leftMs < 0 || leftMs > SystemNetSocket.LookAgainMs ? SystemNetSocket.LookAgainMs : leftMs;
                SystemNetSocket socket = first < 0 ? null : stack.Enter(handles[first]);
                if (socket == null)
                {
                    Thread.Sleep(sliceMs);
                    continue;
                }

                try
                {
                    socket.WaitSlice(events[first], sliceMs);
                }
                catch (ObjectDisposedException)
                {
                    // The next look finds it closed.
                }

                socket.LeavePoll(0);
            }
        }

        private static int Look(SystemNetStack stack, int handle, int events)
        {
            SystemNetSocket socket = stack.Enter(handle);
            if (socket == null)
            {
                return (int)PollEvents.Nval;
            }

            int seen;
            try
            {
                seen = socket.Look(events);
            }
            catch (ObjectDisposedException)
            {
                seen = (int)PollEvents.Hup;
            }

            return socket.LeavePoll(seen);
        }
    }
}
#endif
