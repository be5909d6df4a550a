using System.Runtime.ExceptionServices;

namespace IoTNet.Emulator;

// What a test has to answer for at its end.
public sealed partial class TestNetwork
{
    /// <summary>The exceptions by which MSTest, NUnit and xUnit end a test that has not failed.</summary>
    private static readonly string[] s_skips =
        ["AssertInconclusiveException", "InconclusiveException", "IgnoreException", "SuccessException", "SkipException"];

    private IEnumerable<BoardProgram> Programs => Boards.SelectMany(board => board.Programs);

    // On a device, a program whose power is cut is gone; nobody asks how it would have ended.
    private static bool HasFailed(BoardProgram program) => program.HasEnded && program.Failure != null && !program.LostPower;

    private static bool IsRunning(BoardProgram program) => !program.HasEnded && !program.LostPower;

    private static string DescribeFailure(BoardProgram program)
    {
        return $"{program.Board.Name}: program {program.Name} threw {program.Failure!.GetType().Name}: {program.Failure.Message}";
    }

    private string DescribeRunning(BoardProgram program)
    {
        return $"{program.Board.Name}: program {program.Name} still runs after {Patience.TotalSeconds:0.###} s; one that never ends is ended by the board's PowerOff";
    }

    private void Judge(Exception? failure)
    {
        if (failure != null && s_skips.Contains(failure.GetType().Name))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        List<string> problems = failure == null ? JudgeEnd() : [failure.Message];
        problems.AddRange(Programs.Where(HasFailed).Select(DescribeFailure));
        if (problems.Count > 0)
        {
            Switch.Detach(_frames);
            throw Failure([.. problems.Distinct()], failure);
        }
    }

    // The test itself is content: now the programs have to end and to have closed their sockets.
    private List<string> JudgeEnd()
    {
        try
        {
            Wait();
        }
        catch (TestNetworkException e)
        {
            return [e.Message, .. Leaks()];
        }

        // Threads that a program has left behind may still be closing sockets.
        List<string> leaks = Leaks();
        long started = Environment.TickCount64;
        while (leaks.Count > 0 && Environment.TickCount64 - started < Patience.TotalMilliseconds)
        {
            Thread.Sleep(10);
            leaks = Leaks();
        }

        return leaks;
    }

    private List<string> Leaks() => [.. Boards.Where(board => board.IsOn).SelectMany(Leaks)];

    // A connection that its program has closed is lwIP's own business until it is over (RFC 9293 3.6), no leak; when the
    // peer is gone that takes minutes.
    private static IEnumerable<string> Leaks(EmulatedBoard board)
    {
        foreach (SocketSnapshot socket in board.Stack.GetSockets())
        {
            if (socket.Handle != 0)
            {
                yield return $"{board.Name}: left open: {socket}";
            }
            else if (socket.State is TcpState.Established or TcpState.CloseWait)
            {
                yield return $"{board.Name}: a connection without a socket: {socket}";
            }
        }

        int inMemory = board.Memory.OpenSockets;
        if (inMemory > 0)
        {
            yield return $"{board.Name}: left open: {inMemory} in memory (AF_UNIX, Socket.Pair)";
        }
    }
}
