namespace IoTNet.Tests.Server;

/// <summary>What callbacks of a datagram socket may do, and on which thread.</summary>
[TestClass]
public sealed class DatagramCallbackTests
{
    [TestMethod]
    [DataRow("bind")]
    [DataRow("listening")]
    [DataRow("message")]
    [DataRow("send")]
    [DataRow("connect")]
    [DataRow("connected")]
    [DataRow("error")]
    public void Close_InACallback_IsItsEnd(string where)
    {
        foreach (string stack in new[] { "loopback", "host" })
        {
            using Dgram dgram = new(stack);
            DatagramSocket socket = dgram.Provoke(where, s => s.Close(), out List<string> events);
            dgram.Until(() => events.Contains("closed"));
            dgram.Drain();
            Assert.AreEqual("closed", events[^1], stack);
            Assert.AreEqual(1, events.Count(e => e == where), stack);
            Assert.AreEqual("ERR_SOCKET_DGRAM_NOT_RUNNING", dgram.CodeOf(socket.Close));
        }
    }

    [TestMethod]
    [DataRow("bind")]
    [DataRow("listening")]
    [DataRow("message")]
    [DataRow("send")]
    [DataRow("connect")]
    [DataRow("connected")]
    [DataRow("error")]
    [DataRow("closed")]
    public void Throw_InACallback_IsReportedAndTheSocketLives(string where)
    {
        foreach (string stack in new[] { "loopback", "host" })
        {
            using Dgram dgram = new(stack);
            List<Exception> reported = [];
            dgram.Loop.Error += (_, error) => reported.Add(error);
            DatagramSocket socket = dgram.Provoke(where, _ => throw new FormatException(where), out List<string> events);
            dgram.Until(() => reported.Count > 0);
            Assert.AreEqual(where, reported[0].Message, stack);
            if (where != "closed")
            {
                bool isSent = false;
                dgram.Until(() => dgram.CodeOf(() => socket.Address()) == null || where == "error");
                DatagramSocket peer = dgram.Bound();
                int before = dgram.Messages.Count;
                dgram.Drain();
                if (where is not ("connect" or "connected"))
                {
                    socket.Send([42], 0, 1, peer.Address().Port, null, (_, _) => isSent = true);
                    dgram.Until(() => isSent && dgram.Messages.Count > before);
                }

                socket.Close();
                dgram.Until(() => events.Contains("closed"));
            }
        }
    }

    [TestMethod]
    public void Error_ThatNobodyTakes_IsThrownToTheLoop()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        using DatagramSocket socket = new(loop);
        socket.Bind(0, "192.0.2.1");
        Assert.AreEqual("EADDRNOTAVAIL", Assert.ThrowsExactly<DatagramException>(loop.Run).Code);
    }

    [TestMethod]
    public void Members_OnAnotherThread_AreRefused()
    {
        using Dgram dgram = new("loopback");
        DatagramSocket socket = dgram.Bound();
        Exception? error = null;
        bool isDone = false;
        dgram.Loop.Post(_ =>
        {
            Thread other = new(() => error = Assert.ThrowsExactly<InvalidOperationException>(() => socket.Address()));
            other.Start();
            other.Join();
            isDone = true;
        }, null);
        dgram.Until(() => isDone);
        Assert.IsNotNull(error);
    }
}
