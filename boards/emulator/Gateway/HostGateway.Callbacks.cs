using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoTNet.Emulator;

// What libslirp calls, on the gateway's thread. No exception may leave these: there is native code above them.
public sealed unsafe partial class HostGateway
{
    private nint State => GCHandle.ToIntPtr(_self);

    private static void FillCallbacks(SlirpCallbacks* callbacks)
    {
        callbacks->SendPacket = &OnSendPacket;
        callbacks->GuestError = &OnGuestError;
        callbacks->ClockNs = &OnClock;
        callbacks->TimerNewOpaque = &OnTimerNew;
        callbacks->TimerFree = &OnTimerFree;
        callbacks->TimerSet = &OnTimerSet;
        callbacks->RegisterDescriptor = &OnDescriptor;
        callbacks->UnregisterDescriptor = &OnDescriptor;
        callbacks->Notify = &OnNotify;
    }

    private static HostGateway Of(nint state)
    {
        return (HostGateway)GCHandle.FromIntPtr(state).Target!;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnSendPacket(byte* frame, nuint length, nint state)
    {
        try
        {
            HostGateway gateway = Of(state);
            gateway._port.Send(new ReadOnlySpan<byte>(frame, (int)length));
            _ = Interlocked.Increment(ref gateway._framesOut);
            return (nint)length;
        }
        catch (Exception)
        {
            // A device broke its promise not to throw: the frame is lost, as on a cable.
            return -1;
        }
    }

    // A board's malformed packet; libslirp drops it.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGuestError(byte* message, nint state)
    {
        _ = Interlocked.Increment(ref Of(state)._framesDropped);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnClock(nint state)
    {
        return Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnTimerNew(int id, nint timerState, nint state)
    {
        List<Timer> timers = Of(state)._timers;
        timers.Add(new Timer(id, timerState));
        return timers.Count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTimerFree(nint timer, nint state)
    {
        Of(state)._timers[(int)timer - 1].DueMs = -1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTimerSet(nint timer, long dueMs, nint state)
    {
        Of(state)._timers[(int)timer - 1].DueMs = dueMs;
    }

    // The descriptors are asked for anew before each wait.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDescriptor(int descriptor, nint state)
    {
    }

    // Only called within a call of libslirp's, after which the thread looks again anyway.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnNotify(nint state)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAddPoll(int descriptor, int events, nint state)
    {
        try
        {
            int wanted = Map(events, SlirpLibrary.PollIn, HostCalls.PollIn) | Map(events, SlirpLibrary.PollOut, HostCalls.PollOut) |
                Map(events, SlirpLibrary.PollPri, HostCalls.PollPri) | Map(events, SlirpLibrary.PollErr, HostCalls.PollErr) |
                Map(events, SlirpLibrary.PollHup, HostCalls.PollHup);
            return Of(state)._polls.Add(descriptor, (short)wanted);
        }
        catch (OutOfMemoryException)
        {
            return -1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnGetEvents(int place, nint state)
    {
        int seen = Of(state)._polls.Result(place);
        return Map(seen, HostCalls.PollIn, SlirpLibrary.PollIn) | Map(seen, HostCalls.PollOut, SlirpLibrary.PollOut) |
            Map(seen, HostCalls.PollPri, SlirpLibrary.PollPri) | Map(seen, HostCalls.PollErr, SlirpLibrary.PollErr) |
            Map(seen, HostCalls.PollHup, SlirpLibrary.PollHup);
    }

    private static int Map(int bits, int from, int to)
    {
        return (bits & from) != 0 ? to : 0;
    }
}
