using Spectre.Console;
using Spectre.Console.Rendering;

namespace IoTNet.Cli;

/// <summary>How a run looks: tables on a terminal, a line for each board elsewhere. Rates are those since the snapshot
/// before.</summary>
internal static class WatchView
{
    public static IRenderable Tables(RunSnapshot now, RunSnapshot? before)
    {
        var boards = Cli.Tables.New(
            "board", "address", "sockets", "TCP", "frames/s in, out", "bytes/s in, out", "dropped", "lost");
        foreach (var column in boards.Columns)
        {
            // A narrow terminal breaks headings, not numbers.
            column.PadLeft(0).PadRight(1);
        }

        var sockets = Cli.Tables.New("board", "socket", "to receive");
        for (var i = 0; i < now.Boards.Length; i++)
        {
            var (board, rates) = (now.Boards[i], RatesOf(now, before, i));
            boards.AddRow(Cells(
                board.Name, board.Address, board.Sockets.Replace(" of ", "/"), board.Tcp.Replace(" of ", "/"),
                $"{rates.FramesIn:N0}, {rates.FramesOut:N0}", $"{rates.BytesIn:N0}, {rates.BytesOut:N0}", $"{board.Dropped:N0}", $"{board.Lost:N0}"));
            foreach (var socket in board.SocketLines)
            {
                sockets.AddRow(Cells(board.Name, socket.Text, $"{socket.QueuedBytes:N0} B"));
            }
        }

        var title = new Text($"{now.Title}, process {now.ProcessId}, seed {now.Seed}, {now.ElapsedMs / 1000.0:0.0} s; Ctrl-C leaves it running");
        return new Rows(title, boards, sockets);
    }

    public static IEnumerable<string> Lines(RunSnapshot now, RunSnapshot? before)
    {
        for (var i = 0; i < now.Boards.Length; i++)
        {
            var (board, rates) = (now.Boards[i], RatesOf(now, before, i));
            var sockets = string.Join("; ", board.SocketLines.Select(socket => socket.Text));
            yield return $"{now.ElapsedMs / 1000.0:0.0} s  {board.Name} {board.Address}  sockets {board.Sockets}  tcp {board.Tcp}  " +
                $"in {rates.FramesIn:0} frames/s {rates.BytesIn:0} B/s  out {rates.FramesOut:0} frames/s {rates.BytesOut:0} B/s  " +
                $"dropped {board.Dropped}  lost {board.Lost}  [{sockets}]";
        }
    }

    private static (double FramesIn, double FramesOut, double BytesIn, double BytesOut) RatesOf(RunSnapshot now, RunSnapshot? before, int board)
    {
        var seconds = before is null ? 0 : (now.ElapsedMs - before.ElapsedMs) / 1000.0;
        if (seconds <= 0)
        {
            return default;
        }

        var (a, b) = (before!.Boards[board], now.Boards[board]);

        // A board that got power anew counts from 0 again.
        double Rate(long from, long to) => Math.Max(0, to - from) / seconds;
        return (Rate(a.FramesIn, b.FramesIn), Rate(a.FramesOut, b.FramesOut), Rate(a.BytesIn, b.BytesIn), Rate(a.BytesOut, b.BytesOut));
    }

    // A run's texts are its user's own, but a file's name may hold anything: no control character reaches the terminal.
    private static Text[] Cells(params string[] cells) =>
        [.. cells.Select(cell => new Text(new string([.. cell.Select(c => char.IsControl(c) ? '?' : c)])))];
}
